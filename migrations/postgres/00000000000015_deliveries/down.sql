DROP TABLE contacts;
DROP TABLE webhook_endpoints;
DROP TABLE deliveries;
