DROP TABLE local_host.push_token;
