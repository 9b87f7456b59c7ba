import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendFile } from "@/components/generate/fields/files/send-file";
import { stubFetch } from "../../stub-fetch";

const send = stubFetch();
const url = "https://x.supabase.co/storage/v1/object/upload/sign/images/me/incoming/a.part?token=t";
const upload = { url: "/api/uploads/a", name: "clip.mp4", kind: "video", content_type: "video/mp4", duration_ms: 9000 };

/** A fake `XMLHttpRequest`. `answer` decides how the request ends: a number is the status of the response. */
class FakeRequest {
  static answer: "ok" | "fails" | "hangs" | number = "ok";
  static sent: unknown[] = [];
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 0;
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  #target: unknown[] = [];
  open(...target: unknown[]) {
    this.#target = target;
  }
  setRequestHeader(...header: unknown[]) {
    this.#target.push(...header);
  }
  send(file: File) {
    FakeRequest.sent.push([...this.#target, file]);
    this.upload.onprogress?.({ loaded: file.size / 2, total: file.size });
    if (FakeRequest.answer === "hangs") return;
    queueMicrotask(() => {
      if (FakeRequest.answer === "fails") return this.onerror();
      this.status = FakeRequest.answer === "ok" ? 200 : Number(FakeRequest.answer);
      this.onload();
    });
  }
  abort() {
    this.onabort();
  }
}

beforeEach(() => {
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  Object.assign(FakeRequest, { answer: "ok", sent: [] });
  send.mockImplementation(async (path, init) => {
    if (init?.method === "DELETE") return new Response(null, { status: 204 });
    return Response.json(path === "/api/uploads/signed" ? { id: "7", upload_url: url } : upload, { status: 201 });
  });
});
afterEach(() => void vi.unstubAllGlobals());

function file(bytes: number) {
  return new File([new Uint8Array(bytes)], "clip.mp4", { type: "video/mp4" });
}
const run = (bytes: number, signal = new AbortController().signal) => {
  const onProgress = vi.fn<(share: number) => void>();
  return { onProgress, result: sendFile(file(bytes), { signal, onProgress }) };
};
const requests = () => send.mock.calls.map(([path, init]) => `${init?.method} ${String(path)}`);

test("a small file goes in the body of one request", async () => {
  const { result } = run(4_000_000);
  expect(await result).toMatchObject({ choice: { value: "/api/uploads/a", label: "clip.mp4", kind: "video" } });
  expect(requests()).toEqual(["POST /api/uploads?name=clip.mp4"]);
});

test("a larger file goes to storage, tells its progress, and is then confirmed", async () => {
  const { result, onProgress } = run(4_000_001);
  expect(await result).toMatchObject({ choice: { value: "/api/uploads/a" } });
  expect(FakeRequest.sent).toEqual([["PUT", url, "Content-Type", "video/mp4", expect.any(File)]]);
  expect(onProgress.mock.calls).toEqual([[0.5]]);
  expect(requests()).toEqual(["POST /api/uploads/signed", "POST /api/uploads/signed/7"]);
  expect(JSON.parse(String(send.mock.calls[0]?.[1]?.body))).toEqual({ name: "clip.mp4", bytes: 4_000_001 });
});

test.each([
  ["storage refuses it", 413],
  ["the network fails", "fails"],
] as const)("if %s, the reserved room is freed", async (_, answer) => {
  FakeRequest.answer = answer;
  expect(await run(5_000_000).result).toEqual({ problem: "The file could not be uploaded. Try again." });
  expect(requests()).toEqual(["POST /api/uploads/signed", "DELETE /api/uploads/signed/7"]);
});

test("a canceled upload is stopped at once, and the reserved room is freed", async () => {
  FakeRequest.answer = "hangs";
  const controller = new AbortController();
  const { result, onProgress } = run(5_000_000, controller.signal);
  await vi.waitFor(() => expect(onProgress).toHaveBeenCalled());
  controller.abort();
  await result;
  expect(requests()).toEqual(["POST /api/uploads/signed", "DELETE /api/uploads/signed/7"]);
});

test.each(["/api/uploads/signed", "/api/uploads/signed/7"])("the text of a refusal by %s is shown", async (refused) => {
  send.mockImplementation(async (path) =>
    path === refused
      ? Response.json({ detail: "Your storage of 5 GB is full." }, { status: 429 })
      : Response.json({ id: "7", upload_url: url }, { status: 201 }),
  );
  expect(await run(5_000_000).result).toEqual({ problem: "Your storage of 5 GB is full." });
});
