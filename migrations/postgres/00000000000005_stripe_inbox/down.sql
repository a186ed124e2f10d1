DROP TABLE stripe_inbox;
