import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { waitUntilIdle, bench, runInParallel, createUserApi, quick } from "./support/bench";
import { check } from "./support/checker";
import { sql } from "../support/sql";
import { connectAsService } from "../support/users";

const FLAWS = {
  lost: "delete from sdxl_images where position = 0 and",
  "false success": "delete from sdxl_images where position = 1 and",
  stuck: "update predictions set next_at = now() + interval '1 day' where",
  "wrong end": "update predictions set status = 'failed', saved_at = null where",
  unowned: "update predictions set replicate_id = null where",
};

test("the checker finds every planted flaw, and none in a correct database", async () => {
  const { user, create } = await createUserApi();
  const kinds = [...Object.keys(FLAWS), "doubled", "orphan", "corrupt", "none"];
  await runInParallel(
    kinds,
    3,
    async (kind) => void (await create({ prompt: `flaw: ${kind}`, num_outputs: 2, ...quick })),
  );
  const rows = await waitUntilIdle("flaw:");
  expect((await check(bench, "flaw:")).problems).toEqual([]);

  const folders = new Map<string, string>();
  for (const { id } of rows) {
    const [row] = await sql<{ prompt: string }>(
      bench,
      `select input ->> 'prompt' as prompt from predictions where id = '${id}'`,
    );
    folders.set(row?.prompt.replace("flaw: ", "") ?? "", id);
  }
  const id = (kind: string) => folders.get(kind) ?? "";
  for (const [kind, flaw] of Object.entries(FLAWS)) {
    await sql(bench, `${flaw} ${flaw.includes("sdxl_images") ? "prediction_id" : "id"} = '${id(kind)}'`);
    // The deletion of an image row is recorded in `deleted_images`, as if by a user. The checker would ignore it, so the
    // record is removed.
    await sql(bench, `update predictions set deleted_images = '{}' where id = '${id(kind)}'`);
  }
  await sql(
    bench,
    `insert into sdxl_images (user_id, prediction_id, position, model, input, storage_path, content_type, width, height, bytes, sha256, source_url)
     select user_id, prediction_id, 9, model, input, storage_path || '9', content_type, width, height, bytes, sha256, source_url
     from sdxl_images where prediction_id = '${id("doubled")}' limit 1`,
  );
  const objects = connectAsService(bench).storage.from("images");
  const path = `${user.id}/${id("orphan")}/7.png`;
  await objects.upload(path, new Blob(["left behind"], { type: "image/png" }), { contentType: "image/png" });
  await writeFile(join(bench.dir, `supabase/storage/images/${user.id}/${id("corrupt")}/0.png`), "other bytes");

  expect((await check(bench, "flaw: none")).problems).toEqual([]);
  for (const kind of kinds.slice(0, -1)) {
    const { problems } = await check(bench, `flaw: ${kind}`);
    expect(problems.map((problem) => problem.split(":")[0])).toContain(kind);
  }
  const { counts } = await check(bench, "flaw: wrong end");
  expect(counts.regression).toBe(1);
});
