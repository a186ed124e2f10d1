DROP TABLE stripe_inbox;
DROP TABLE stripe_cursors;
