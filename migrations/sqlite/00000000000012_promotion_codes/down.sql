DROP TABLE promotion_codes;
