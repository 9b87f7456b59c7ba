import { afterEach, expect, test } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import { listAccepted, setFaults } from "../support/api";
import {
  waitUntilIdle,
  bench,
  finishWithoutWaits,
  createUserApi,
  passTime,
  quick,
  report,
  readRows,
  size,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";
import { inspectBytes } from "../support/inspect-bytes";
import { readUsed, sql } from "../support/sql";

afterEach(endFailures);

const LOTS = size(1, 20);

test("every prediction ends as at Replicate, or at its deadline", { timeout: 900_000 }, async () => {
  const { create, ask } = await createUserApi();
  const input = { ...quick, num_outputs: 2 };
  await setFaults(bench, [{ match: "unheard", webhooks: { drop: true } }]);
  const endings = ["plain", "[fail]", "[nsfw]", "[partial]", "[lost]", "[flaky]", "[expired]", "[429]"];
  for (let lot = 0; lot < LOTS; lot += 1) {
    await Promise.all(
      endings.flatMap((ending) =>
        ["", "unheard "].map((how) => create({ prompt: `R7 ${how}${ending} ${lot},`, ...input })),
      ),
    );
    const { id } = await create({ prompt: `R7 called off [slow] ${lot},`, ...input });
    await ask(`/api/replicate/${id}`, { method: "DELETE" });
  }
  const rows = await finishWithoutWaits("R7 ", 600_000);
  const { problems, counts } = await check(bench, "R7 ");
  const expired = await readRows("[expired]");
  const toldSo = expired.filter(({ save_error }) => save_error === "expired").length;
  report(
    "R7",
    `${rows.length} predictions in ${endings.length + 1} ways: stuck ${counts.stuck}, wrong ends ${counts["wrong end"]}`,
  );
  report(
    "R8",
    `said to be saved with files missing ${counts["false success"]}; of ${expired.length} expired ${toldSo} say so`,
  );
  expect(toldSo).toBe(expired.length);
  expect(problems).toEqual([]);
});

test("a prediction that never ends at Replicate ends after 35 minutes, also when Replicate does not answer", async () => {
  const { user, create } = await createUserApi();
  await setFaults(bench, [
    { match: "never", clock: 0.001 },
    { match: "mute", get: { status: 503 }, cancel: { status: 503 } },
    { match: "unknown", get: { status: 404 }, cancel: { status: 404 } },
  ]);
  await create({ prompt: "R7 never ends", ...quick });
  await create({ prompt: "R7 never and mute", ...quick });
  await create({ prompt: "R7 never and unknown", ...quick });
  await passTime("R7 never", 2101);
  await sql(bench, "update predictions set attempts = 5 where input ->> 'prompt' = 'R7 never and unknown'");
  const rows = await finishWithoutWaits("R7 never");
  expect(rows.map(({ status, error_code }) => [status, error_code])).toEqual([
    ["canceled", null],
    ["failed", "provider_unreachable"],
    ["failed", "provider_unreachable"],
  ]);
  expect((await listAccepted(bench, "R7 never ends"))[0]?.status).toBe("canceled");
  expect(await readUsed(bench, user.id)).toBe(0);
});

const FILES = size(2, 8);

test("2,000 truncated files are refused, and saved files equal the delivered ones", { timeout: 300_000 }, async () => {
  const { create } = await createUserApi();
  const formats = ["png", "webp", "jpg"];
  await create({ prompt: "R9 sdxl", num_outputs: 4, ...quick });
  for (const format of formats) {
    const input = { prompt: `R9 ${format}`, output_format: format, num_outputs: FILES / 2, megapixels: "0.25" };
    await create(input, { model: "black-forest-labs/flux-schnell" });
  }
  await waitUntilIdle("R9 ", 120_000);
  const { problems, counts, files } = await check(bench, "R9 ");
  expect(problems).toEqual([]);

  const urls = (await listAccepted(bench, "R9 ")).flatMap((remote) => remote.files.map(({ url }) => url));
  const delivered = await Promise.all(urls.map(async (url) => (await fetch(url)).bytes()));
  const each = Math.ceil(2000 / delivered.length);
  const cuts = delivered.flatMap((bytes) =>
    Array.from({ length: each }, (_, index) => bytes.subarray(0, (bytes.length * index) / each)),
  );
  const isTruncated = await Promise.all(cuts.map((bytes) => inspectBytes(bytes).then(() => false, isUnavailable)));
  const taken = cuts.filter((_, index) => !isTruncated[index]);
  report(
    "R9",
    `of ${files} files ${counts.corrupt} differ from what was delivered; of ${cuts.length} truncated ones ${taken.length} were accepted`,
  );
  expect(taken).toHaveLength(0);
});

function isUnavailable(error: unknown): boolean {
  return error instanceof UnavailableFile;
}
