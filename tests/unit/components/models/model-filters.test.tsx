import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Collections, ModelFilters, type ModelsQuery } from "@/components/models/model-filters";
import { ModelSearch } from "@/components/models/model-search";

const collections = [{ slug: "official", name: "Official models", description: "" }];
const links = (name: string) => within(screen.getByRole("navigation", { name })).getAllByRole("link");
const current = (name: string) => links(name).filter((link) => link.getAttribute("aria-current"));
const addressOf = (name: string, label: string) =>
  links(name)
    .find(({ textContent }) => textContent === label)
    ?.getAttribute("href");

function open(query: ModelsQuery) {
  render(
    <>
      <ModelSearch query={query} />
      <ModelFilters query={query} />
      <Collections collections={collections} query={query} />
    </>,
  );
}

test("without a filter, everything is current, and each link sets one filter", () => {
  open({});
  expect(["Makes", "Takes", "Collections"].flatMap(current).map(({ textContent }) => textContent)).toEqual([
    "Anything",
    "Anything",
    "Featured",
  ]);
  expect(addressOf("Makes", "Videos")).toBe("/dashboard/models?makes=video");
  expect(addressOf("Takes", "An image")).toBe("/dashboard/models?takes=image");
  expect(addressOf("Collections", "Official models")).toBe("/dashboard/models?collection=official");
});

test("a link keeps the other filter, and the search or the collection", () => {
  open({ q: "cat", makes: "video", takes: "image" });
  expect(current("Makes").map(({ textContent }) => textContent)).toEqual(["Videos"]);
  expect(addressOf("Makes", "3D")).toBe("/dashboard/models?q=cat&makes=3d&takes=image");
  expect(addressOf("Takes", "Anything")).toBe("/dashboard/models?q=cat&makes=video");
  expect(addressOf("Collections", "Featured")).toBe("/dashboard/models?makes=video&takes=image");
});

test("the current collection is marked, and none during a search", () => {
  open({ collection: "official" });
  expect(current("Collections").map(({ textContent }) => textContent)).toEqual(["Official models"]);
  document.body.replaceChildren();
  open({ q: "cat" });
  expect(current("Collections")).toEqual([]);
});

test("a search keeps the filter", () => {
  open({ makes: "audio", takes: "video" });
  const form = screen.getByRole<HTMLFormElement>("search");
  expect(Object.fromEntries(new FormData(form))).toEqual({ makes: "audio", takes: "video", q: "" });
});
