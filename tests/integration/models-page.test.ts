import { expect, inject, test } from "vitest";
import { createUser } from "../support/users";
import { findHref, openPage } from "./support/page-forms";

const stack = inject("stack");
const user = await createUser(stack);

test.each([
  ["q=no+such+model+anywhere", "No model found", "/dashboard/models", "Back to featured models"],
  ["makes=3d", "No model matches", "/dashboard/models?makes=3d&q=3d", "Search Replicate for “3d”"],
  ["q=seedance&makes=audio", "No model matches", "/dashboard/models?q=seedance", "Show all results"],
])("without a model for ?%s, the page links to models, also without script", async (query, title, href, words) => {
  const { html } = await openPage(stack, `/dashboard/models?${query}`, user);
  expect([findHref(html, words), html.includes(`>${title}`)]).toEqual([href, true]);
});

test.each([
  ["collection=speech-to-text", "whisper"],
  ["makes=3d&q=3d", "trellis"],
])("the page of ?%s shows models that are not featured", async (query, name) => {
  const { html } = await openPage(stack, `/dashboard/models?${query}`, user);
  expect(html).toContain(`>${name}<`);
});
