import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fitChoices } from "@/components/generate/fields/to-media-choice";
import { MediaField } from "@/components/generate/fields/media-field";
import type { Field } from "@/lib/models/inputs/fields";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import { removeMicrophone, stubMicrophone } from "../../fake-microphone";
import { stubFetch } from "../../stub-fetch";

removeMicrophone();
const send = stubFetch();
const fresh = {
  url: "/api/uploads/a",
  name: "voice.m4a",
  kind: "audio",
  content_type: "audio/mp4",
  duration_ms: 12_000,
};

beforeEach(() => {
  URL.createObjectURL = () => "blob:fox";
  URL.revokeObjectURL = () => {};
  send.mockImplementation(async () => Response.json(fresh, { status: 201 }));
});
afterEach(() => void vi.unstubAllGlobals());

async function open(takes: FileType, value: unknown = "", kind: Field["kind"] = "file") {
  const field: Field = { name: "in", label: "Input", kind, takes, required: false, order: 0 };
  const choices = [
    {
      value: "/api/media/v",
      thumb: "",
      label: "a red fox runs",
      kind: "video",
      content_type: "video/mp4",
      duration_ms: 5000,
    },
    {
      value: "/api/media/i",
      thumb: "/api/media/i?size=thumb",
      label: "a red fox",
      kind: "image",
      content_type: "image/png",
    },
    {
      value: "/api/media/s",
      thumb: "/api/media/s?size=thumb",
      label: "a drawing",
      kind: "image",
      content_type: "image/svg+xml",
    },
    { value: "/api/uploads/z", thumb: "", label: "photos.zip", kind: "file", content_type: "application/zip" },
  ] as const;
  render(
    <form aria-label="Composer">
      <MediaField field={field} value={value} mediaChoices={fitChoices([...choices], [field])} isFirstMedia />
    </form>,
  );
  await act(() => vi.dynamicImportSettled());
}
const offered = () => screen.getAllByRole<HTMLInputElement>("radio").map(({ value }) => value);

test.each<[FileType, string[], string, string | null]>([
  ["image", ["/api/media/i"], "Paste, drop or choose an image.", "image/*,.heic,.heif"],
  ["mask", ["/api/media/i"], "Paste, drop or choose an image.", "image/*,.heic,.heif"],
  ["video", ["/api/media/v"], "Paste, drop or choose a video.", "video/*"],
  ["audio", ["/api/media/v"], "Paste, drop or choose a sound.", "audio/*,video/*"],
  ["archive", ["/api/uploads/z"], "Paste, drop or choose an archive.", null],
  ["document", ["/api/media/v", "/api/media/i", "/api/media/s", "/api/uploads/z"], "choose a document.", null],
  ["any", ["/api/media/v", "/api/media/i", "/api/media/s", "/api/uploads/z"], "choose a file.", null],
])("an input for %s offers what it takes", async (takes, values, words, accept) => {
  await open(takes);
  expect(offered()).toEqual(["", ...values]);
  expect(screen.getByText(new RegExp(words))).toBeTruthy();
  expect(screen.getByLabelText("Upload: Input").getAttribute("accept")).toBe(accept);
});

test("a file without a small image shows its name, and its duration or type", async () => {
  await open("any");
  expect(await screen.findByRole("radio", { name: /a red fox runs ?0:05/ })).toBeTruthy();
  expect(screen.getByRole("radio", { name: /photos\.zip ?ZIP/ })).toBeTruthy();
});

test("an uploaded sound is chosen, with its name and its duration", async () => {
  await open("audio");
  await userEvent.upload(screen.getByLabelText("Upload: Input"), new File(["la"], "voice.m4a", { type: "audio/mp4" }));
  const tile = await screen.findByRole<HTMLInputElement>("radio", { name: /voice\.m4a ?0:12/ });
  expect([tile.checked, tile.value]).toEqual([true, "/api/uploads/a"]);
});

test.each([
  ["file", "text/plain", "This setting takes an image. This file is something else."],
  ["video", "video/mp4", "This setting takes an image, not a video."],
  ["image", "image/svg+xml", "This setting takes an image, not an SVG."],
])("a file that the server finds to be of the wrong type is not chosen: %s, %s", async (kind, type, words) => {
  send.mockResolvedValue(Response.json({ ...fresh, kind, content_type: type }, { status: 201 }));
  await open("image");
  await userEvent.upload(screen.getByLabelText("Upload: Input"), new File(["la"], "fox.png", { type: "image/png" }));
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "None" }).checked).toBe(true);
});

test("while a file is on its way, its tile tells how much, and a click cancels the upload", async () => {
  send.mockImplementation(
    (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted")))),
  );
  await open("audio");
  await userEvent.upload(screen.getByLabelText("Upload: Input"), new File(["la"], "voice.m4a", { type: "audio/mp4" }));
  expect(await screen.findByRole("progressbar", { name: "Upload of voice.m4a" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Cancel the upload of voice.m4a" }));
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
  expect(screen.queryByText(/could not be uploaded/)).toBeNull();
});

test("a file of an old draft is asked for its type", async () => {
  const type = "video/mp4";
  send.mockImplementation(async () => new Response(null, { headers: { "content-type": type } }));
  await open("video", "/api/uploads/old");
  const image = screen.getByRole("img", { name: "Your video" });
  act(() => void image.dispatchEvent(new Event("error")));
  expect(await screen.findByRole("radio", { name: /Your video ?MP4/ })).toBeTruthy();
  expect(send).toHaveBeenCalledExactlyOnceWith("/api/uploads/old", { method: "HEAD" });
});

test("a phone's camera is one way to add an image", async () => {
  await open("image");
  expect(screen.queryByLabelText("Take a photo: Input")).toBeNull();
  cleanup();
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: query === "(pointer: coarse)" }));
  await open("image");
  const camera = screen.getByLabelText("Take a photo: Input");
  expect([camera.getAttribute("capture"), camera.getAttribute("accept")]).toEqual(["environment", "image/*"]);
});

test("a recording of the microphone is uploaded, and the microphone is off after it", async () => {
  const turnOff = stubMicrophone();
  await open("audio");
  await userEvent.click(screen.getByRole("button", { name: "Record: Input" }));
  await userEvent.click(await screen.findByRole("button", { name: "Stop recording" }));
  expect(await screen.findByRole("radio", { name: /voice\.m4a/ })).toBeTruthy();
  const [path, init] = send.mock.lastCall ?? [];
  expect([path, init?.headers]).toEqual(["/api/uploads?name=Recording.webm", { "Content-Type": "audio/webm" }]);
  expect(turnOff).toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Record: Input" })).toBeTruthy();
});

test.each([
  [new DOMException("no", "NotAllowedError"), "The microphone is blocked"],
  [new DOMException("no", "NotFoundError"), "No microphone was found"],
])("a microphone that cannot be used is explained", async (error, words) => {
  stubMicrophone({ open: () => Promise.reject(error) });
  await open("audio");
  await userEvent.click(screen.getByRole("button", { name: "Record: Input" }));
  await userEvent.click(await screen.findByRole("button", { name: words }));
  expect(screen.getByRole("button", { name: "Record: Input" })).toBeTruthy();
});
