SELECT pg_notify('greenroom_delivery', '')
