import { afterEach, expect, inject, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { undecodablePng } from "../support/images";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const bytes = await undecodablePng();

afterEach(() => setFaults(stack, {}));

async function makeUndecodable(prompt: string) {
  await setFaults(stack, { match: prompt, output: [`data:image/png;base64,${bytes.toString("base64")}`] });
  const { id } = await api.create({ prompt, num_inference_steps: 5 });
  const prediction = await api.saved(id);
  const [image] = prediction.images;
  if (!image) throw new Error("The file was not saved.");
  const { share_token } = (await (await api.ask(`${image.url}/share`, { method: "POST" })).json()) as {
    share_token: string;
  };
  return { prediction, image, token: share_token };
}

test("a file that cannot be decoded is saved unchanged, without a size, and the prediction says so", async () => {
  const { prediction, image } = await makeUndecodable("more header than pixels");
  expect(prediction.save_error).toBe("damaged");
  expect(image).toMatchObject({ width: null, height: null, thumb_url: null, bytes: bytes.length });
  expect(Buffer.from(await (await api.ask(image.url)).arrayBuffer()).equals(bytes)).toBe(true);
});

test("its smaller sizes are the file itself, and its share page has no preview", async () => {
  const { image, token } = await makeUndecodable("shared without pixels");
  for (const query of ["size=preview", "size=thumb", `token=${token}&size=preview`]) {
    const answer = await api.ask(`${image.url}?${query}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes.length);
  }
  const page = await fetch(new URL(`/s/${token}`, stack.appUrl));
  expect(page.status).toBe(200);
  expect(await page.text()).not.toContain("og:image");
});

test("a preview that fails later is remembered in the row", async () => {
  const { image, token } = await makeUndecodable("found out later");
  await sql(stack, `update sdxl_images set width = 4000, height = 4000 where id = '${image.id}'`);
  for (let time = 0; time < 2; time += 1) {
    const answer = await api.ask(`${image.url}?token=${token}&size=preview`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  }
  expect(await sql(stack, `select width, height from sdxl_images where id = '${image.id}'`)).toEqual([
    { width: null, height: null },
  ]);
});
