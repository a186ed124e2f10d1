DROP TABLE price_slabs;
DROP TABLE price_lists;
DROP TABLE packages;
