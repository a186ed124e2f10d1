DROP TABLE purchase_facts;
DROP TABLE purchases;
