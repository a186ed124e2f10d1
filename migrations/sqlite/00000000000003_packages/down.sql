DROP TABLE price_slabs;
DROP TABLE package_prices;
DROP TABLE price_lists;
DROP TABLE packages;
