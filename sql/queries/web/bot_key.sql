SELECT public_key FROM bot_box
