import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { makeSavedImage } from "../support/saved-image";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const other = createApi(stack, await createUser(stack));

test("only the owner can set the alternative text of an image, which is shown with it", async () => {
  const { image, prediction } = await makeSavedImage(api, "a described one");
  const change = (as: typeof api, body: object) =>
    as.ask(image.url, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const alt = "A heron <b>in reeds</b>";
  expect(await (await change(api, { alt: ` ${alt} ` })).json()).toMatchObject({ id: image.id, alt, favorite: false });
  expect((await api.read(prediction.id)).images).toMatchObject([{ alt }]);
  expect((await change(other, { alt: "mine" })).status).toBe(404);
  for (const body of [{ alt: "" }, { alt: "  " }, { alt: "a".repeat(2001) }, { alt: 1 }]) {
    expect((await change(api, body)).status).toBe(422);
  }
  expect(await (await change(api, { favorite: true })).json()).toMatchObject({ alt, favorite: true });
  expect(await (await change(api, { alt: null })).json()).toMatchObject({ alt: null, favorite: true });
});
