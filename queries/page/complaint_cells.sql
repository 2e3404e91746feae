-- purpose: complaints by two groups at once, for the heatmaps; beyond the first groups of a side (by
-- their number of complaints) all others are put together
-- grain: one row per row and column with a complaint; a null row or column is all others
-- parameters: scope, selection, by_row, by_column, rows?, columns?
-- columns: row, column, count, rows, columns
with cell as (
    select
        record_group($by_row, r) as "row",
        record_group($by_column, r) as "column",
        count(*) as count
    from record_selected($scope, $selection) as r
    where complaint_count_counted(r)
    group by all
),

row_place as (
    select
        "row",
        row_number() over (order by sum(count) desc, "row") as place,
        count(*) over () as known
    from cell
    group by "row"
),

column_place as (
    select
        "column",
        row_number() over (order by sum(count) desc, "column") as place,
        count(*) over () as known
    from cell
    group by "column"
)

select
    case when $rows is null or row_place.place <= $rows then cell."row" end as "row",
    case when $columns is null or column_place.place <= $columns then cell."column" end as "column",
    sum(cell.count)::bigint as count,
    any_value(row_place.known) as rows,
    any_value(column_place.known) as columns
from cell
join row_place on row_place."row" = cell."row"
join column_place on column_place."column" = cell."column"
group by 1, 2
order by 1, 2
