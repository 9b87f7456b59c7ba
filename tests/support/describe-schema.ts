/**
 * An SQL query that describes a database in lines of text. There is a line for each table, column, constraint, index, function,
 * trigger and policy of the schema `public`, for each policy of the schema `storage`, and for each bucket. The lines of tables,
 * columns and functions contain their grants. There are no lines for types, sequences and the queries of views.
 */
export const describeSchema = `
  with tables as (select * from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')),
  lines (line) as (
    select concat_ws(' ', 'table', relname, relkind, relrowsecurity, ${grantsOf("relacl", "'r'", "relowner")}) from tables
    union all select concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated,
      attidentity, pg_get_expr(adbin, adrelid), ${grantsOf("attacl", "'c'", "relowner")})
    from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', 'policy', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check)
    from pg_policies where schemaname in ('public', 'storage')
    union all select concat_ws(' ', 'function', pg_get_functiondef(oid), ${grantsOf("proacl", "'f'", "proowner")})
    from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid))
    from pg_trigger join tables on tgrelid = tables.oid where not tgisinternal
    union all select concat_ws(' ', 'bucket', id, name, public, file_size_limit, allowed_mime_types) from storage.buckets)
  select line from lines order by line`;

/** Returns an SQL expression for the grants in the column `acl`, in a fixed order and without the grants of the owner. */
function grantsOf(acl: string, kind: string, owner: string): string {
  return `(select string_agg(concat_ws('=', coalesce(nullif(grantee, 0)::regrole::text, 'public'), privilege_type), ' '
    order by grantee::regrole::text, privilege_type) from aclexplode(coalesce(${acl}, acldefault(${kind}, ${owner})))
    where grantee <> ${owner})`;
}
