SELECT id FROM local_host.account WHERE login = $1 AND kind = 'bot'
