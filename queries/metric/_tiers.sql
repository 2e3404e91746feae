-- purpose: the order of the tiers, below 0, basic 1, satisfying 2, exceeding 3, memorable 4.

create or replace macro tier_rank(tier) as
list_position(['below', 'basic', 'satisfying', 'exceeding', 'memorable'], tier) - 1;
