import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gallery, type LoadOlder } from "@/components/gallery/gallery";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { showDialogs } from "../dialogs";
import { predictionOf } from "../generate/fixtures";
import { stubIntersection } from "../stub-intersection";
import { imageOf } from "./image";
import { WithTitles } from "../with-titles";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

beforeEach(showDialogs);
const findItem = vi.fn<never>();
afterEach(() => vi.unstubAllGlobals());

const first = { results: ["red", "blue", "grey", "white", "old"].map(imageOf), next: "c1" };
const older = { results: [imageOf("older")], next: null };

test("the rows show thumbnails that link to the originals", () => {
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  const item = screen.getByRole("img", { name: "a red fox" });
  expect(item.getAttribute("src")).toBe("/api/media/id-red?size=thumb");
  expect(item.closest("a")?.getAttribute("href")).toBe("/api/media/id-red");
});

test("the link to older images keeps the search, and with script loads them into the page", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockResolvedValue(older);
  render(<Gallery first={first} filter={{ q: "fox", favorites: "1" }} loadOlder={loadOlder} findItem={findItem} />);
  const link = screen.getByRole("link", { name: "Show older" });
  expect(link.getAttribute("href")).toBe("/dashboard/gallery?q=fox&favorites=1&cursor=c1");
  await userEvent.click(link);
  expect(loadOlder).toHaveBeenCalledExactlyOnceWith({ cursor: "c1", filter: { q: "fox", favorites: "1" } });
  expect(screen.getByRole("img", { name: "a older fox" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Show older" })).toBeNull();
});

test("older images load when the end of the list is close to the visible area", async () => {
  const comeClose = stubIntersection();
  const loadOlder = vi.fn<LoadOlder>().mockResolvedValue(older);
  render(<Gallery first={first} filter={{}} loadOlder={loadOlder} findItem={findItem} />);
  expect(loadOlder).not.toHaveBeenCalled();
  await act(async () => comeClose());
  expect(loadOlder).toHaveBeenCalledExactlyOnceWith({ cursor: "c1", filter: {} });
  expect(screen.getByRole("img", { name: "a older fox" })).toBeTruthy();
});

test("older images that fail to load can be tried again", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(older);
  render(<Gallery first={first} filter={{}} loadOlder={loadOlder} findItem={findItem} />);
  await userEvent.click(screen.getByRole("link", { name: "Show older" }));
  await userEvent.click(screen.getByRole("link", { name: "Try again" }));
  expect(screen.getByRole("img", { name: "a older fox" })).toBeTruthy();
});

test("the viewer shows the original and its settings, and the arrow keys move on", async () => {
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />, {
    wrapper: WithTitles,
  });
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  await screen.findByRole("dialog", { name: "Image" });
  const viewer = () => screen.getByRole("dialog", { name: "Image" });
  expect(viewer().querySelector("img")?.getAttribute("src")).toBe("/api/media/id-red");
  expect(viewer().textContent).toContain("Steps30");
  const model = screen.getByRole("link", { name: "Stable Diffusion XL" });
  expect([model.title, model.getAttribute("href")]).toEqual([
    "stability-ai/sdxl",
    "/dashboard/models/stability-ai/sdxl",
  ]);
  await userEvent.keyboard("{ArrowRight}");
  expect(viewer().querySelector("img")?.getAttribute("src")).toBe("/api/media/id-blue");
  expect(screen.getByRole("link", { name: "Use these settings" }).getAttribute("href")).toBe(
    "/dashboard/generate?from=id-blue",
  );
});

test("moving on near the end loads older images", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockResolvedValue(older);
  render(<Gallery first={first} filter={{}} loadOlder={loadOlder} findItem={findItem} />);
  await userEvent.click(screen.getByRole("link", { name: "a blue fox" }));
  await screen.findByRole("dialog", { name: "Image" });
  expect(loadOlder).not.toHaveBeenCalled();
  await userEvent.keyboard("{ArrowRight}");
  expect(loadOlder).toHaveBeenCalledTimes(1);
});

test("the browser's Back closes the viewer", async () => {
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  await screen.findByRole("dialog", { name: "Image" });
  act(() => window.history.back());
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Image" })).toBeNull());
});

const select = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name: `Select: a ${name} fox` });
const chosen = () => screen.getAllByRole<HTMLInputElement>("checkbox").filter(({ checked }) => checked).length;

test("images are selected one by one, as a range with Shift, all at once, and cleared with Escape", async () => {
  const user = userEvent.setup();
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  await user.click(select("blue"));
  const bar = await screen.findByRole("region", { name: "Selection" });
  expect(bar.textContent).toContain("1 selected");
  await user.keyboard("{Shift>}");
  await user.click(select("white"));
  await user.keyboard("{/Shift}");
  expect(chosen()).toBe(3);
  // While images are selected, a click on an image does not open it. Here the click removes the image from the selection.
  await user.click(screen.getByRole("link", { name: "a grey fox" }));
  expect(chosen()).toBe(2);
  await user.click(screen.getByRole("button", { name: "Select all 5" }));
  expect(chosen()).toBe(5);
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("href")).toBe(
    "/api/media/zip?ids=id-red,id-blue,id-grey,id-white,id-old",
  );
  await user.keyboard("{Escape}");
  expect([chosen(), screen.queryByRole("region", { name: "Selection" })]).toEqual([0, null]);
});

test("an image is varied and enlarged from the viewer, and Generate shows the result", async () => {
  const send = vi.fn<typeof fetch>(async () => Response.json(predictionOf()));
  vi.stubGlobal("fetch", send);
  const seeded = { ...imageOf("red"), input: { prompt: "a red fox", seed: 7 } };
  const gallery = (
    <ToolModelsProvider models={{ upscale: "a/upscaler" }}>
      <Gallery
        first={{ results: [seeded], next: null }}
        filter={{}}
        loadOlder={vi.fn<LoadOlder>()}
        findItem={findItem}
      />
    </ToolModelsProvider>
  );
  render(gallery);
  await userEvent.click(screen.getByRole("img", { name: "a red fox" }));
  await userEvent.click(await screen.findByRole("button", { name: "Vary" }));
  expect(push).toHaveBeenCalledExactlyOnceWith("/dashboard/generate");
  const bodies = () =>
    send.mock.calls.flatMap(([, init]): unknown[] => (init?.body ? [JSON.parse(String(init.body))] : []));
  expect(bodies()).toEqual([{ model: "stability-ai/sdxl", input: { prompt: "a red fox" } }]);
  send.mockImplementation(async () => Response.json({ detail: "Wait until one has finished." }, { status: 429 }));
  expect(screen.getByRole("button", { name: "Vary" }).closest("fieldset")?.disabled).toBe(true);
  // The URL still contains the id of the image, so the new page opens the image again.
  cleanup();
  render(gallery);
  await userEvent.click(await screen.findByRole("button", { name: "Upscale" }));
  expect(await screen.findByText(/Limit reached\. Wait until one has finished\./)).toBeTruthy();
  expect(bodies().at(-1)).toEqual({
    model: "a/upscaler",
    input: { image: "/api/media/id-red", scale: 2 },
    tool: "upscale",
    parent: "id-red",
  });
  expect(push).toHaveBeenCalledOnce();
});
