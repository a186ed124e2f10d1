-- What costs credits, and how much: operations, their rates in versions, and the price of each
-- quantity. A version that has taken effect is never changed, since debits are explained by it: a
-- new price is a new version.

CREATE TABLE operations (
    operation text NOT NULL PRIMARY KEY CHECK (operation <> ''),
    name text NOT NULL,
    description text NOT NULL,
    position smallint NOT NULL
);

CREATE TABLE rates (
    operation text NOT NULL REFERENCES operations (operation),
    -- Empty where the operation has no variants.
    variant text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    -- It holds from this instant on, the instant included.
    effective_at bigint NOT NULL,
    -- Credits for the work as such, as an exact decimal.
    base text NOT NULL,
    PRIMARY KEY (operation, variant, version)
);

CREATE TABLE rate_components (
    operation text NOT NULL,
    variant text NOT NULL,
    version integer NOT NULL,
    quantity text NOT NULL,
    position smallint NOT NULL,
    -- In words for people: what one price buys.
    unit text NOT NULL,
    -- The same as a number of the quantity.
    per bigint NOT NULL CHECK (per > 0),
    -- Credits for so many, as an exact decimal.
    price text NOT NULL,
    PRIMARY KEY (operation, variant, version, quantity),
    FOREIGN KEY (operation, variant, version) REFERENCES rates (operation, variant, version)
);

INSERT INTO operations (operation, name, description, position) VALUES
    ('model_inference', 'AI model inference', 'A question to a model and its answer, by the tokens of both. Larger models cost more.', 1),
    ('strategy_generation', 'Strategy generation', 'Drafting a trading strategy from a description, by the attempts it takes.', 2),
    ('backtesting', 'Backtesting', 'Running a strategy over past prices, by the assets in it and the years of price bars read for all of them together.', 3),
    ('market_analysis', 'Market analysis', 'An advanced analysis of a market, by the reports written.', 4);

-- All in effect from 2026-01-01T00:00:00Z.
INSERT INTO rates (operation, variant, version, effective_at, base) VALUES
    ('model_inference', 'small', 1, 1767225600000000, '0'),
    ('model_inference', 'medium', 1, 1767225600000000, '0'),
    ('model_inference', 'large', 1, 1767225600000000, '0'),
    ('strategy_generation', '', 1, 1767225600000000, '2'),
    ('backtesting', '', 1, 1767225600000000, '0'),
    ('market_analysis', '', 1, 1767225600000000, '0');

INSERT INTO rate_components (operation, variant, version, quantity, position, unit, per, price) VALUES
    ('model_inference', 'small', 1, 'input_tokens', 1, '1000 tokens read', 1000, '0.0125'),
    ('model_inference', 'small', 1, 'output_tokens', 2, '1000 tokens written', 1000, '0.05'),
    ('model_inference', 'medium', 1, 'input_tokens', 1, '1000 tokens read', 1000, '0.15'),
    ('model_inference', 'medium', 1, 'output_tokens', 2, '1000 tokens written', 1000, '0.6'),
    ('model_inference', 'large', 1, 'input_tokens', 1, '1000 tokens read', 1000, '0.6'),
    ('model_inference', 'large', 1, 'output_tokens', 2, '1000 tokens written', 1000, '3'),
    ('strategy_generation', '', 1, 'attempts', 1, 'attempt', 1, '6'),
    -- Three assets over two and a half years are 3 assets and 7.5 bar-years.
    ('backtesting', '', 1, 'assets', 1, 'asset', 1, '0.4'),
    ('backtesting', '', 1, 'bar_years', 2, 'year of bars of one asset', 1, '0.25'),
    ('market_analysis', '', 1, 'reports', 1, 'report', 1, '25');
