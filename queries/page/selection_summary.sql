-- purpose: how much there is in the selection, for the header of every page
-- grain: one row
-- parameters: scope, selection
-- columns: records, surveys, projects
select
    (select count(*) from record_selected($scope, $selection)) as records,
    (select count(*) from survey_selected($scope, $selection)) as surveys,
    (select count(*) from project_selected($scope, $selection)) as projects
