DROP TABLE human_reply, timer, buddy_assignment, buddy, greeting, lesson_shown, posted, effect, review, section,
           finding, check_run, job, event, change, person, repository, delivery, schema_migration;
