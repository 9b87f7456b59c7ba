import { beforeAll, describe, expect, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { createUser } from "../support/users";
import { addFigures } from "./support/figures";
import { createHostileMedia } from "./support/hostile-media";
import { saveFiles } from "./support/run-with-output";
import { parseBody, sendRequest, stack } from "./support/send-request";
import { listDangers } from "./support/served-file";

// Checks the responses with which saved files of every kind are sent. files-in-browser.test.ts checks that a browser runs no
// script in them.

const user = await createUser(stack);
const api = createApi(stack, user);
const files = await createHostileMedia("https://trap.example");
const names = Object.keys(files);
let saved: Awaited<ReturnType<typeof saveFiles>>;
const tokens = new Map<string, string>();
const mediaOf = (name: string) => saved.images[names.indexOf(name)];

beforeAll(async () => {
  saved = await saveFiles(user, "a shelf of hidden things", Object.values(files));
  for (const { id } of saved.images) {
    const answer = await sendRequest({ path: `/api/media/${id}/share`, method: "POST", as: user });
    tokens.set(id, String(parseBody(answer).share_token));
  }
});

test("R18 hostile media are saved as what they are, under names of our own", () => {
  expect(saved.images.map(({ content_type }) => content_type)).toEqual(Object.values(files).map(({ type }) => type));
  const name = /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/\d+(\.thumb\.webp|\.[a-z0-9]{1,5})$/;
  expect(saved.objects.filter((object) => !name.test(object))).toEqual([]);
});

describe.each(names)("R18 %s", (name) => {
  test("is served unchanged, with its own type, and inert", async () => {
    const { id = "", content_type } = mediaOf(name) ?? {};
    const token = `token=${tokens.get(id)}`;
    const originals = ["", "?type=text/html", "?filename=x.html", "?content-type=text/html"];
    const requests = [
      ...originals.map((query) => ({ path: `/api/media/${id}${query}`, as: user })),
      ...[token, `${token}&download`].map((query) => ({ path: `/api/media/${id}?${query}` })),
    ];
    await Promise.all(
      requests.map(async (request) => {
        const { path } = request;
        const answer = await sendRequest(request);
        expect([path, listDangers(answer)]).toEqual([path, []]);
        expect([path, answer.headers.get("content-type")]).toEqual([path, content_type]);
        expect([path, Buffer.compare(answer.bytes, files[name]?.bytes ?? Buffer.alloc(0))]).toEqual([path, 0]);
        const part = await sendRequest({ ...request, headers: { range: "bytes=5-99" } });
        expect([path, part.status, listDangers(part)]).toEqual([path, 206, []]);
      }),
    );
  });

  test("has renditions without its script", async () => {
    const { id = "" } = mediaOf(name) ?? {};
    const sizes = ["thumb", "preview", "poster"];
    const requests = sizes.flatMap((size) => [
      { path: `/api/media/${id}?size=${size}`, as: user },
      { path: `/api/media/${id}?size=${size}&token=${tokens.get(id)}` },
    ]);
    const answers = await Promise.all(requests.map((request) => sendRequest(request)));
    const renditions = answers.filter(({ status }) => status !== 404);
    expect(renditions.flatMap(listDangers)).toEqual([]);
    // If an image has no rendition of this size, the app sends the original.
    const made = renditions.filter(({ bytes }) => !bytes.equals(files[name]?.bytes ?? Buffer.alloc(0)));
    expect(made.filter(({ text }) => text.includes("document.title"))).toEqual([]);
  });

  test("is downloaded as an attachment", async () => {
    const { id = "", content_type } = mediaOf(name) ?? {};
    const answer = await sendRequest({ path: `/api/media/${id}?download`, as: user });
    expect(listDangers(answer)).toEqual([]);
    expect(answer.headers.get("content-type")).toBe(content_type);
    expect(answer.headers.get("content-disposition")).toMatch(
      new RegExp(`^attachment; filename="[\\w-]+-${id.slice(0, 8)}\\.[a-z0-9]{1,5}"; filename\\*=UTF-8''[\\w%.-]+$`),
    );
  });
});

test("R18 an archive of hostile media is a ZIP that is only downloaded", async () => {
  const ids = saved.images.map(({ id }) => id).join(",");
  const { headers } = await sendRequest({ path: `/api/media/zip?ids=${ids}`, as: user });
  expect(headers.get("content-type")).toBe("application/zip");
  expect(headers.get("content-disposition")).toMatch(/^attachment;/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  addFigures(stack, "R18", { "hostile media served": names.length });
});

test("R18 no page and no list contains what is in a file", async () => {
  for (const path of ["/dashboard/gallery", "/dashboard/history", "/api/replicate", "/api/media"]) {
    expect((await sendRequest({ path, in: user })).text).not.toContain("document.title='ran'");
  }
});

test("R18 a file with a wrong Content-Type is served as what it is, and a page in place of a video is not saved", async () => {
  await setFaults(stack, [
    { match: "a mislabeled film", files: { as: "webm" }, delivery: { type: "text/html" } },
    { match: "a page as a film", files: { as: "webm" }, delivery: { html: true } },
  ]);
  const { id } = await api.create({ prompt: "a mislabeled film", num_inference_steps: 1 });
  const page = await api.create({ prompt: "a page as a film", num_inference_steps: 1 });
  const [film] = (await api.saved(id)).images;
  expect((await sendRequest({ path: film?.url ?? "", as: user })).headers.get("content-type")).toBe("video/webm");
  expect((await api.until(page.id, ({ save_error }) => save_error !== null)).images).toEqual([]);
  await setFaults(stack, {});
  await api.saved(page.id);
});
