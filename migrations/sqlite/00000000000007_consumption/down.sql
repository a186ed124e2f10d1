DROP TABLE usage_days;
DROP TABLE refunds;
DROP TABLE holds;
