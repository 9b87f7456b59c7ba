import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { expect, inject, onTestFinished, test } from "vitest";
import { sql } from "../../support/sql";
import { createOwnDatabase } from "../../support/create-database";
import { describeSchema } from "../../support/describe-schema";

/** SQL that creates the parts of a new hosted Supabase project that the migrations use. */
const HOSTED = `
  do $$ begin create role anon nologin; exception when duplicate_object then null; end $$;
  do $$ begin create role authenticated nologin; exception when duplicate_object then null; end $$;
  do $$ begin create role service_role nologin bypassrls; exception when duplicate_object then null; end $$;
  create schema auth;
  create table auth.users (
    id uuid primary key, email text, email_confirmed_at timestamptz, last_sign_in_at timestamptz, created_at timestamptz,
    banned_until timestamptz, is_sso_user boolean);
  create table auth.sessions (
    id uuid primary key, user_id uuid, created_at timestamptz, refreshed_at timestamp, user_agent text, not_after timestamptz);
  create table auth.identities (id uuid primary key, user_id uuid, provider text, identity_data jsonb);
  create table auth.mfa_factors (id uuid primary key, user_id uuid, status text);
  create function auth.jwt() returns jsonb language sql stable as 'select null::jsonb';
  create function auth.uid() returns uuid language sql stable as 'select null::uuid';
  create schema storage;
  create table storage.buckets (
    id text primary key, name text not null, public boolean, file_size_limit bigint, allowed_mime_types text[]);
  create table storage.objects (id uuid primary key, bucket_id text references storage.buckets (id), name text);
  alter table storage.buckets enable row level security;
  alter table storage.objects enable row level security;
  grant usage on schema public, auth, storage to anon, authenticated, service_role;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role`;

/** Runs the Supabase CLI on a copy of the folder `supabase`, because the CLI writes files into this folder. */
async function pushMigrations(url: string) {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-push-"));
  cpSync("supabase", join(folder, "supabase"), { recursive: true });
  const cli = join(dirname(createRequire(import.meta.url).resolve("supabase/package.json")), "dist/supabase.js");
  const settings = { ...process.env, DO_NOT_TRACK: "1", SUPABASE_HOME: folder };
  await promisify(execFile)(process.execPath, [cli, "db", "push", "--yes", "--db-url", `${url}?sslmode=disable`], {
    cwd: folder,
    env: settings,
  });
}

test("the Supabase CLI pushes the migrations to a new project, and the schema equals the sandbox's", async () => {
  // A new project has no schema, and `template0` has none.
  const { url = "", drop } = await createOwnDatabase("template0");
  onTestFinished(drop);
  const database = postgres(url, { max: 1, onnotice: () => {} });
  await database.unsafe(HOSTED);
  await pushMigrations(url);

  const pushed =
    await database`select version || '_' || name || '.sql' as file from supabase_migrations.schema_migrations`;
  const lines = await database.unsafe<{ line: string }[]>(describeSchema);
  await database.end();
  expect(pushed.map(({ file }) => file as string).toSorted()).toEqual(readdirSync("supabase/migrations").toSorted());
  const sandbox = await sql<{ line: string }>(inject("stack"), describeSchema);
  expect(lines.map(({ line }) => line)).toEqual(sandbox.map(({ line }) => line));
});
