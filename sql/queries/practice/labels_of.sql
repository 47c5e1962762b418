SELECT label FROM local_host.item_label WHERE repository_id = $1 AND number = $2 ORDER BY label
