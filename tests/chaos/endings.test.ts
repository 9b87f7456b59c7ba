import { afterEach, expect, test } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import { extensionOf } from "@/lib/media/output-files";
import { listAccepted, readLedger, setFaults } from "../support/api";
import {
  waitUntilIdle,
  bench,
  finishWithoutWaits,
  createUserApi,
  numbers,
  passTime,
  quick,
  report,
  readRows,
  type Row,
  runInParallel,
  size,
  endFailures,
  waitForRows,
} from "./support/bench";
import { check } from "./support/checker";
import { FILE_KINDS, requestOf } from "./support/kinds";
import { inspectBytes } from "../support/inspect-bytes";
import { readUsed, sql } from "../support/sql";

afterEach(endFailures);

const LOTS = size(1, 20);
/** The kinds of files that contain their length or an end mark, so that a truncated file is recognized. An MP3 has neither. */
const CUTTABLE = FILE_KINDS.filter((kind) => kind !== "MP3");

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
const CUTS = 4000;

test(
  `${CUTS} truncated files are refused, and saved files equal the delivered ones`,
  { timeout: 300_000 },
  async () => {
    const { create } = await createUserApi();
    const formats = ["png", "webp", "jpg"];
    await create({ prompt: "R9 sdxl", num_outputs: 4, ...quick });
    for (const format of formats) {
      const input = { prompt: `R9 ${format}`, output_format: format, num_outputs: FILES / 2, megapixels: "0.25" };
      await create(input, { model: "black-forest-labs/flux-schnell" });
    }
    for (const kind of CUTTABLE) await create(...requestOf(kind, `R9 ${kind}`));
    await waitUntilIdle("R9 ", 120_000);
    const { problems, counts, files } = await check(bench, "R9 ");
    expect(problems).toEqual([]);

    const urls = (await listAccepted(bench, "R9 ")).flatMap((remote) => remote.files.map(({ url }) => url));
    let tried = 0;
    const accepted: string[] = [];
    for (const url of urls) {
      const bytes = await (await fetch(url)).bytes();
      // The whitespace at the end is not cut, because a text without its last newline is still complete.
      const end = bytes.findLastIndex((byte) => byte > 32) + 1;
      for (const index of numbers(Math.ceil(CUTS / urls.length))) {
        const length = Math.floor((end * index * urls.length) / CUTS);
        const isRefused = await inspectBytes(bytes.subarray(0, length), { extension: extensionOf(url) }).then(
          () => false,
          (error: unknown) => error instanceof UnavailableFile,
        );
        if (!isRefused) accepted.push(`${url} at ${length}`);
        tried += 1;
      }
    }
    report(
      "R9",
      `of ${files} files ${counts.corrupt} differ from what was delivered; of ${tried} truncated ones ${accepted.length} were accepted`,
    );
    expect(accepted).toEqual([]);
  },
);

test(
  "files of every kind whose download breaks off are fetched again, and saved whole",
  { timeout: 300_000 },
  async () => {
    const shares = numbers(size(2, 12)).map((index) => (index + 0.5) / size(2, 12));
    const words = (share: number) => `R9 cut at ${share.toFixed(3)},`;
    await setFaults(
      bench,
      shares.map((cut) => ({ match: words(cut), delivery: { cut, count: 1 } })),
    );
    const { create } = await createUserApi();
    const requests = shares.flatMap((share) => FILE_KINDS.map((kind) => requestOf(kind, words(share))));
    await runInParallel(requests, 8, async ([input, more]) => void (await create(input, more)));
    const rows = await finishWithoutWaits("R9 cut", 240_000);
    const { problems, counts } = await check(bench, "R9 cut");
    const downloads = (await readLedger(bench)).requests.filter(({ route }) => route.includes("/delivery/"));
    const replicateIds = rows.map(({ replicate_id }) => replicate_id);
    const times = replicateIds.map((id) => downloads.filter(({ prediction }) => prediction === id).length);
    report(
      "R9",
      `${rows.length} downloads of ${FILE_KINDS.length} kinds that broke off: saved as whole ${counts.corrupt}`,
    );
    expect(problems).toEqual([]);
    expect(rows.filter(({ saved }) => !saved)).toEqual([]);
    expect(Math.min(...times)).toBe(2);
  },
);

test("files that end in their middle are never saved, whatever their kind and though their length is right", async () => {
  const { create } = await createUserApi();
  await Promise.all(CUTTABLE.map((kind) => create(...requestOf(kind, `R9 [half] ${kind},`))));
  const isTried = ({ save_error }: Row) => save_error === "retrying";
  await waitForRows("R9 [half]", (rows) => rows.length === CUTTABLE.length && rows.every(isTried));
  await passTime("R9 [half]", 3700);
  const rows = await finishWithoutWaits("R9 [half]");
  const expected = { saved: false, save_error: "expired", images: 0 };
  expect(rows).toMatchObject(CUTTABLE.map(() => expected));
  expect((await check(bench, "R9 [half]")).problems).toEqual([]);
});
