DROP TABLE practice_try;
DROP TABLE queue_turn;
