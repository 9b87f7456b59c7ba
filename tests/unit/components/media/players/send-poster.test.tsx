import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { MediaView } from "@/components/media/media-view";
import type { MediaItem } from "@/components/media/media-item";
import { itemOf } from "../media-of-kinds";

const send = vi.fn<typeof fetch>();
const drawn = vi.fn<(...place: unknown[]) => void>();

let alpha = 255;

beforeEach(() => {
  alpha = 255;
  drawn.mockReset();
  send.mockReset().mockResolvedValue(new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", send);
  sessionStorage.clear();
  vi.spyOn(HTMLVideoElement.prototype, "videoWidth", "get").mockReturnValue(1920);
  vi.spyOn(HTMLVideoElement.prototype, "videoHeight", "get").mockReturnValue(1080);
  Object.assign(HTMLCanvasElement.prototype, {
    getContext: () => ({ drawImage: drawn, getImageData: () => ({ data: [0, 0, 0, alpha] }) }),
    toBlob: (done: (blob: Blob) => void, type: string) => done(new Blob(["frame"], { type })),
  });
  return () => vi.unstubAllGlobals();
});

/** Shows a video. Its first frame arrives, but can be drawn only after the event `seeked`. */
function show(item: MediaItem, isOwner = true) {
  const { unmount } = render(<MediaView media={item} label="a red fox" isOwner={isOwner} />);
  const video = screen.getByLabelText("a red fox");
  fireEvent.loadedData(video);
  expect(drawn).not.toHaveBeenCalled();
  fireEvent(video, new Event("seeked"));
  unmount();
}

test("the first frame of the user's own video is sent once, at most 1200 px long", async () => {
  show(itemOf("video"));
  await vi.waitFor(() => expect(send).toHaveBeenCalled());
  expect(drawn).toHaveBeenLastCalledWith(expect.any(HTMLVideoElement), 0, 0, 1200, 675);
  drawn.mockReset();
  show(itemOf("video"));
  const body = expect.objectContaining({ type: "image/jpeg" });
  const headers = { "content-type": "image/jpeg" };
  expect(send).toHaveBeenCalledExactlyOnceWith("/api/media/id-red/poster", { method: "PUT", headers, body });
});

test("a frame that the browser has not drawn is not sent", async () => {
  alpha = 0;
  show(itemOf("video"));
  await vi.waitFor(() => expect(drawn).toHaveBeenCalled());
  expect(send).not.toHaveBeenCalled();
});

test("a failure is silent, and not tried again", async () => {
  send.mockRejectedValue(new TypeError("network"));
  show(itemOf("video"));
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
  drawn.mockReset();
  show(itemOf("video"));
  expect(send).toHaveBeenCalledOnce();
});

test("no frame is sent by a visitor, of a video with a poster, or of one that is not saved", () => {
  show(itemOf("video"), false);
  show(itemOf("video", { thumb: "/p" }));
  show(itemOf("video", { id: null, content_type: null }));
  expect(drawn).not.toHaveBeenCalled();
  expect(send).not.toHaveBeenCalled();
});
