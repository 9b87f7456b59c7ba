import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import type { MediaItem } from "@/components/media/media-item";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import { DescribeImage } from "@/components/viewer/describe-image";
import { openedSource, stubEventSource } from "../fake-event-source";
import { predictionOf } from "../generate/fixtures";
import { itemOf } from "../media/media-of-kinds";
import { stubFetch } from "../stub-fetch";

stubEventSource();
const send = stubFetch();
const onChange = vi.fn<ItemCallbacks["onChange"]>();

const running = predictionOf({ id: "w1", tool: "describe", status: "processing" });
const written = (text: string) => ({ ...running, status: "succeeded", output: [text] });

function show(item: MediaItem, onUse?: (text: string) => void, models: Record<string, string> = { describe: "a/b" }) {
  return render(
    <ToolModelsProvider models={models}>
      <DescribeImage item={item} {...(onUse && { onUse })} onChange={onChange} />
    </ToolModelsProvider>,
  );
}

const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

test("an image is described word by word, and the text can be used and copied", async () => {
  send.mockImplementation(async (path) =>
    Response.json(path === "/api/words" ? running : written("a <b>heron</b> at dawn")),
  );
  const onUse = vi.fn<(text: string) => void>();
  show(itemOf("image"), onUse);
  await press("Describe");
  const source = await openedSource();
  source.send("output", "a <b>her");
  expect(screen.getByText("a <b>her")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Use as prompt" })).toBeNull();
  source.send("done", "{}");
  await press("Use as prompt");
  expect(onUse).toHaveBeenCalledExactlyOnceWith("a <b>heron</b> at dawn");
  expect(screen.getByRole("button", { name: "Copy description" })).toBeTruthy();
  const body = send.mock.calls.find(([path]) => path === "/api/words")?.[1]?.body;
  expect(body).toBe('{"task":"describe","media":"id-red"}');
});

test("outside Generate, the text leads to Generate, and a second description is a new one", async () => {
  const texts = ["a heron & a crane", "a crane"];
  send.mockImplementation(async () => Response.json(written(texts.shift() ?? "")));
  show(itemOf("image"));
  await press("Describe");
  const link = await screen.findByRole("link", { name: "Use as prompt" });
  expect(link.getAttribute("href")).toBe("/dashboard/generate?prompt=a%20heron%20%26%20a%20crane");
  await press("Describe again");
  expect(await screen.findByText("a crane")).toBeTruthy();
  expect(send.mock.calls.map(([path]) => path)).toEqual(["/api/words", "/api/words?fresh"]);
});

test("a description becomes the alternative text only if the owner accepts it, and can be removed", async () => {
  onChange.mockReset();
  send.mockImplementation(async (_, init) => Response.json(init?.method === "POST" ? written("a heron") : {}));
  const { rerender } = show(itemOf("image"));
  await press("Describe");
  const accept = await screen.findByRole("button", { name: "Use as alternative text" });
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.click(accept);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledExactlyOnceWith(["id-red"], { alt: "a heron" }));
  expect(send).toHaveBeenLastCalledWith(
    "/api/media/id-red",
    expect.objectContaining({ method: "PATCH", body: '{"alt":"a heron"}' }),
  );
  rerender(
    <ToolModelsProvider models={{ describe: "a/b" }}>
      <DescribeImage item={itemOf("image", { alt: "a heron" })} onChange={onChange} />
    </ToolModelsProvider>,
  );
  expect(screen.queryByRole("button", { name: "Use as alternative text" })).toBeNull();
  await press("Remove alternative text");
  await vi.waitFor(() => expect(onChange).toHaveBeenLastCalledWith(["id-red"], { alt: null }));
});

test("an alternative text that cannot be saved is not shown", async () => {
  onChange.mockReset();
  send.mockImplementation(async (_, init) =>
    init?.method === "POST" ? Response.json(written("a heron")) : new Response(null, { status: 500 }),
  );
  show(itemOf("image"));
  await press("Describe");
  await press("Use as alternative text");
  expect(await screen.findByText("The alternative text could not be saved. Try again.")).toBeTruthy();
  expect(onChange).not.toHaveBeenCalled();
});

test("a problem is explained, and the image can be described again", async () => {
  send.mockImplementation(async () => Response.json({ detail: "" }, { status: 404 }));
  show(itemOf("image"));
  await press("Describe");
  expect(await screen.findByText("This image has been deleted.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Describe" }).getAttribute("aria-disabled")).toBe("false");
});

test("an image that is closed is not described to the end", async () => {
  send.mockImplementation(async () => Response.json(running));
  const { unmount } = show(itemOf("image"));
  await press("Describe");
  const source = await openedSource();
  unmount();
  expect(source.isClosed).toBe(true);
});

test.each([
  ["a video", itemOf("video"), { describe: "a/b" }],
  ["a drawing", itemOf("image", { content_type: "image/svg+xml" }), { describe: "a/b" }],
  ["an image that is not saved yet", itemOf("image", { id: null }), { describe: "a/b" }],
  ["an image, without a language model", itemOf("image"), {}],
] as const)("nothing is offered for %s", (_, item, models) => {
  show(item, undefined, models);
  expect(screen.queryByRole("button")).toBeNull();
});
