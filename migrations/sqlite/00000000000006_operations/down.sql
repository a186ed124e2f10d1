DROP TABLE rate_components;
DROP TABLE rates;
DROP TABLE operations;
