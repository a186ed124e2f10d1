DROP TABLE entries;
DROP TABLE lots;
DROP TABLE accounts;
