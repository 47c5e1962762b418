DROP TABLE github_app;
DROP TABLE app_request;
DROP TABLE webhook_box;
DROP TABLE bot_box;
