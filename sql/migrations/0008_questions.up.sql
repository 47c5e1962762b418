-- A comment alone moves no turn while the checks leave the author something to do; a question does. Comments from before
-- this count as questions: nobody is waited for because of what was not written down.
ALTER TABLE human_reply ADD COLUMN asks boolean NOT NULL DEFAULT true;
ALTER TABLE human_reply ADD COLUMN thread text NOT NULL DEFAULT '';  -- the host's reference; empty: in the conversation
