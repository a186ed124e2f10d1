DROP INDEX accounts_recharge_due;
DROP TABLE auto_recharges;
