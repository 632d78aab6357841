-- RunWriting.save: a statement that ends its transaction cannot be answered with too few rows first
create function pawl_refuse_stale(expected text[], current text[]) returns boolean
language plpgsql immutable as $$
declare
    stale text;
begin
    if cardinality(expected) = coalesce(cardinality(current), 0) then
        return true;
    end if;
    select id into stale from unnest(expected) id where id <> all (coalesce(current, '{}')) limit 1;
    raise exception 'run % is not at its loaded version any more', stale using errcode = 'serialization_failure';
end
$$;
