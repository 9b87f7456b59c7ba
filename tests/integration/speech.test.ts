import { afterEach, expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { encodeWav } from "../../sandbox/replicate/file-formats/wav.ts";
import { createApi, readLedger, setFaults } from "../support/api";
import { listUploadFiles, sendUpload, type Upload, uploadPng } from "../support/uploads";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);

afterEach(() => setFaults(stack, {}));

async function upload(bytes: Uint8Array<ArrayBuffer>) {
  const response = await sendUpload(api, bytes, { "content-type": "audio/wav" });
  return (await response.json()) as Upload;
}

function transcribe(id: string, as = api) {
  return as.ask("/api/words", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ task: "transcribe", upload: id }),
  });
}

const read = async (response: Response) => (await response.json()) as Prediction;
const recording = (seconds: number, words = "") => new Uint8Array(encodeWav(seconds, 1, words));
const statusOf = async ({ url }: Upload) => (await api.ask(url)).status;
const listUploads = async () => ((await (await api.ask("/api/uploads")).json()) as { results: Upload[] }).results;
/** Returns the predictions that Replicate has accepted and that transcribe a recording. */
const listHeard = async () => (await readLedger(stack)).predictions.filter(({ input }) => "audio" in input);

test("a recording is written down and paid for once, and then it is gone", async () => {
  const file = await upload(recording(2, "A boat at dawn"));
  const before = (await listHeard()).length;
  const answers = await Promise.all(Array.from({ length: 10 }, () => transcribe(file.id)));
  expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 200)).toEqual([]);
  const started = await Promise.all(answers.map(read));
  const [first] = started;
  expect(first).toMatchObject({ model: "openai/whisper", tool: "transcribe", input: { audio: file.url } });
  expect(new Set(started.map(({ id }) => id)).size).toBe(1);

  const { output } = await api.ended(first?.id ?? "");
  expect(output).toMatchObject({ transcription: " A boat at dawn" });
  expect([await statusOf(file), await listUploads()]).toEqual([404, []]);
  await expect.poll(() => listUploadFiles(stack, user)).toEqual([]);

  // If the response was lost, the browser sends the request again. The recording is deleted, but the app returns its
  // prediction.
  const again = await transcribe(file.id);
  expect([again.status, (await read(again)).id]).toEqual([200, first?.id]);
  expect((await listHeard()).length - before).toBe(1);
  const usage = (await (await api.ask("/api/usage")).json()) as Record<string, { used: number }>;
  expect([usage["images"]?.used, usage["stored_bytes"]?.used]).toEqual([0, 0]);
  expect(usage["usd"]?.used).toBeGreaterThan(0);
});

test("in silence, no words are heard", async () => {
  const { id } = await read(await transcribe((await upload(recording(2).fill(0, 44))).id));
  expect((await api.ended(id)).output).toMatchObject({ transcription: "" });
});

test("after a failure, the recording is gone too", async () => {
  await setFaults(stack, { fields: { status: "failed", output: null, error: "The sound could not be read." } });
  const file = await upload(recording(3));
  const { id } = await read(await transcribe(file.id));
  expect((await api.ended(id)).status).toBe("failed");
  expect(await statusOf(file)).toBe(404);
});

test("if Replicate refuses the request, the recording is gone too", async () => {
  await setFaults(stack, { create: { status: 422, count: 1 } });
  const file = await upload(recording(4));
  expect((await transcribe(file.id)).ok).toBe(false);
  expect(await statusOf(file)).toBe(404);
});

test("a canceled recording is gone too", async () => {
  const file = await upload(recording(5));
  const { id } = await read(await transcribe(file.id));
  expect((await api.ask(`/api/replicate/${id}`, { method: "DELETE" })).status).toBe(200);
  expect((await api.ended(id)).status).toBe("canceled");
  expect(await statusOf(file)).toBe(404);
});

test("a recording that was not asked about stays, and so do other uploads", async () => {
  const [other, heard] = [await upload(recording(6)), await upload(recording(7))];
  await api.ended((await read(await transcribe(heard.id))).id);
  expect([await statusOf(other), await statusOf(heard)]).toEqual([200, 404]);
});

test("a recording that another prediction still needs stays", async () => {
  await setFaults(stack, { match: "not yet", create: { status: 429, retry_after: 10, count: 1 } });
  const file = await upload(recording(8));
  const input = { prompt: "not yet", input_audio: file.url };
  const { id } = await read(await api.submit({ model: "meta/musicgen", input }));
  await api.until(id, ({ status }) => status === "queued");
  await api.ended((await read(await transcribe(file.id))).id);
  expect(await statusOf(file)).toBe(200);
});

test("what is too long, is no recording, is another user's or does not exist is refused, and stays", async () => {
  const before = (await listHeard()).length;
  const long = await upload(recording(61));
  const image = await uploadPng(api, 71);
  const stranger = createApi(stack, await createUser(stack));
  const refusals = await Promise.all(
    [
      transcribe(long.id),
      transcribe(image.id),
      transcribe(long.id, stranger),
      transcribe(long.id.replace(/^./, "g")),
    ].map(async (answer) => {
      const response = await answer;
      return [response.status, ((await response.json()) as { detail: string }).detail];
    }),
  );
  expect(refusals).toEqual([
    [422, "The recording is 61 seconds long. A recording may be at most 60 seconds long."],
    [422, "audio must be a sound, not an image."],
    [422, "One of the files is not yours, or it has been deleted. Choose another file."],
    [422, expect.any(String)],
  ]);
  expect([await statusOf(long), await statusOf(image)]).toEqual([200, 200]);
  expect((await listHeard()).length).toBe(before);
});

test("a prediction cannot be marked as words by another route", async () => {
  const response = await api.submit({
    model: "openai/whisper",
    tool: "transcribe",
    input: { audio: "/api/uploads/1" },
  });
  expect([response.status, await response.json()]).toMatchObject([422, { invalid_fields: [{ field: "tool" }] }]);
});

test("a transcript is in the history, but not in the feed", async () => {
  const { id } = await read(await transcribe((await upload(recording(2, "Not a card"))).id));
  await api.ended(id);
  const page = async (path: string) => (await fetch(`${stack.appUrl}${path}`, { headers: user.cookie })).text();
  expect(await page("/dashboard/history")).toContain("Not a card");
  expect(await page("/dashboard/generate")).not.toContain("Not a card");
});
