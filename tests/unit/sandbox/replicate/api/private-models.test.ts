import { expect, test } from "vitest";
import { privateModels } from "../../../../../sandbox/replicate/catalog/private-models.ts";
import { eventually, serve } from "../serve.ts";

const PRIVATE = { owner: "sandbox", name: "company-style", visibility: "private" };
const version = privateModels[0]?.versions[0]?.id ?? "";

test("a private model can be read and run with the token of its account", async () => {
  const { replicate, ask } = await serve({ clock: 1000 });
  const path = `/v1/models/${PRIVATE.owner}/${PRIVATE.name}`;
  expect(await replicate.models.get(PRIVATE.owner, PRIVATE.name)).toMatchObject(PRIVATE);
  expect(await replicate.models.versions.get(PRIVATE.owner, PRIVATE.name, version)).toMatchObject({ id: version });
  expect(await (await ask("GET", `${path}/examples`)).json()).toMatchObject({ results: [{ version }] });
  expect(await (await ask("GET", `${path}/readme`)).text()).toMatch("unpublished");
  const { id } = await replicate.predictions.create({ version, input: { prompt: "a poster" } });
  await eventually(async () => (await replicate.predictions.get(id)).status).toBe("succeeded");
});

test("no list and no search shows a private model", async () => {
  const { replicate, ask } = await serve();
  const found = [
    await replicate.models.list(),
    await replicate.models.search(PRIVATE.name),
    await (await ask("GET", `/v1/search?query=${PRIVATE.name}`)).json(),
  ];
  expect(JSON.stringify(found).includes(`"name":"${PRIVATE.name}"`)).toBe(false);
});
