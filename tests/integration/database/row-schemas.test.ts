import { expect, inject, onTestFinished, test } from "vitest";
import { z } from "zod";
import { MediaRow, UploadRow } from "@/lib/media/schema";
import { PredictionRow } from "@/lib/predictions/rows";
import { sql } from "../../support/sql";

const stack = inject("stack");

/** For each table, the zod schema with which the app parses its rows, and the columns that the schema leaves out. */
const tables = {
  predictions: { schema: PredictionRow, unread: ["idempotency_key", "outcome", "file_count", "key_id"] },
  sdxl_images: { schema: MediaRow, unread: ["prompt_words", "purge_at", "crc32"] },
  uploads: { schema: UploadRow, unread: ["purge_at", "crc32"] },
};
type Table = keyof typeof tables;

/** The JSON type of each Postgres type that the tables use. */
const JSON_TYPES: Record<string, string> = {
  uuid: "uuid",
  text: "string",
  tsvector: "string",
  "timestamp with time zone": "string",
  integer: "integer",
  bigint: "integer",
  real: "number",
  numeric: "number",
  boolean: "boolean",
  json: "json",
  jsonb: "json",
  ARRAY: "json",
};

async function columnTypes(table: Table): Promise<Map<string, string>> {
  const columns = await sql<{ name: string; type: string; nullable: string }>(
    stack,
    `select column_name as name, data_type as type, is_nullable as nullable
     from information_schema.columns where table_schema = 'public' and table_name = '${table}'`,
  );
  return new Map(
    columns.map(({ name, type, nullable }) => [
      name,
      (JSON_TYPES[type] ?? type) + (nullable === "YES" ? " or null" : ""),
    ]),
  );
}

function schemaType(schema: z.ZodType): string {
  if (schema instanceof z.ZodNullable) return `${schemaType(schema.unwrap() as z.ZodType)} or null`;
  const { type, format } = z.toJSONSchema(schema, { io: "input" });
  if (type === undefined) return "json or null";
  if (type === "object" || type === "array") return "json";
  return format === "uuid" ? "uuid" : String(type);
}

/** Lists the columns that differ between the table and its schema. */
async function differences(table: Table): Promise<string[]> {
  const { schema, unread } = tables[table];
  const columns = await columnTypes(table);
  const fields = new Map(Object.entries<z.ZodType>(schema.shape).map(([name, field]) => [name, schemaType(field)]));
  return [...new Set([...columns.keys(), ...fields.keys(), ...unread])].flatMap((name) => {
    const [column, field] = [columns.get(name), fields.get(name)];
    const agrees = unread.includes(name) ? column && !field : column === field;
    return agrees ? [] : [`${name}: ${column ?? "missing"} in the table, ${field ?? "missing"} in the schema`];
  });
}

test.each(Object.keys(tables) as Table[])("the row schema of %s has every column with its type", async (table) => {
  expect(await differences(table)).toEqual([]);
});

test("the comparison finds an added and a changed column", async () => {
  const change = (statement: string) => sql(stack, `alter table uploads ${statement}`);
  onTestFinished(async () => void (await change("drop column note, alter column sha256 set not null")));
  await change("add column note text, alter column sha256 drop not null");
  expect((await differences("uploads")).toSorted()).toEqual([
    "note: string or null in the table, missing in the schema",
    "sha256: string or null in the table, string in the schema",
  ]);
});

test.each([
  ["predictions", "status", PredictionRow.shape.status.options],
  ["predictions", "cost_basis", PredictionRow.shape.cost_basis.unwrap().options],
])("the database and the schema allow the same values in %s.%s", async (table, column, values) => {
  const allowed = await sql<{ value: string }>(
    stack,
    `select (regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''::text', 'g'))[1] as value
     from pg_constraint where conname = '${table}_${column}_check'`,
  );
  expect(allowed.map(({ value }) => value).toSorted((a, b) => a.localeCompare(b))).toEqual(
    [...values].toSorted((a, b) => a.localeCompare(b)),
  );
});
