-- purpose: the first rows of the load that each rule refused, with their original text
select p.problem[1] as column_name, p.problem[2] as rule, p.line, s.source_text, p.problem[3] as reason
from (select line, unnest(problems) as problem from work.outcome where state = 'refused') as p
inner join work.source as s on s.line = p.line
qualify row_number() over (partition by p.problem[1], p.problem[2] order by p.line) <= $examples
order by column_name, rule, p.line;
