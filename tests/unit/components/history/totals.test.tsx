import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Totals } from "@/components/history/totals";
import type { DayTotal } from "@/lib/history/schema";

const usage = {
  images: { limit: 200, used: 13, left: 187 },
  usd: { limit: 5, used: 0, left: 5 },
  stored_bytes: { limit: 5e9, used: 0, left: 5e9 },
  in_flight: { limit: 20, used: 2 },
  resets_at: "2026-11-22T00:00:00.000Z",
};
const nothing = { predictions: 0, failed: 0, images: 0, seconds: 0, usd: 0 };
const days: DayTotal[] = [
  { day: "2026-11-20", predictions: 5, failed: 1, images: 12, seconds: 30.6, usd: 0.08 },
  { day: "2026-11-21", ...nothing },
];
const models = [{ model: "stability-ai/sdxl", predictions: 5, failed: 1, images: 12, seconds: 30.6, usd: 0.08 }];

test("the plot has a text alternative", () => {
  render(<Totals days={days} models={models} usage={usage} />);
  const plot = screen.getByRole("img");
  expect(plot.getAttribute("aria-label")).toBe("12 files in 30 days, 1 failed run; most files on 20 Nov: 12");
});

test("the tables show the same numbers, and each row links to its predictions", () => {
  render(<Totals days={days} models={models} usage={usage} />);
  const [byDay, byModel] = screen.getAllByRole("table", { hidden: true });
  const cells = (table: HTMLElement | undefined) =>
    within(table!)
      .getAllByRole("row", { hidden: true })
      .map((row) => [...row.children].map((cell) => cell.textContent).join(" "));
  expect(cells(byDay)).toEqual(["Day (UTC) Runs Failed Files Cost Seconds", "20 Nov 5 1 12 $0.08 31"]);
  expect(cells(byModel)).toEqual(["Model Runs Failed Files Cost Seconds", "Stable Diffusion XL 5 1 12 $0.08 31"]);
  const links = screen.getAllByRole("link", { hidden: true }).map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "/dashboard/history?from=2026-11-20&to=2026-11-20",
    "/dashboard/history?model=stability-ai%2Fsdxl&from=2026-11-20&to=2026-11-21",
  ]);
});

test("a day with very few images has a bar, and a day without images has none", () => {
  const many = { ...nothing, day: "2026-11-19", predictions: 1000, images: 1000 };
  const one = { ...nothing, day: "2026-11-20", predictions: 1, images: 1 };
  const { container } = render(
    <Totals days={[many, one, { ...nothing, day: "2026-11-21" }]} models={[]} usage={usage} />,
  );
  const bars = [...container.querySelectorAll("g")].map((group) => group.children[2]?.getAttribute("height"));
  expect(bars).toEqual(["64", "1.5", "0"]);
});

test("today's remaining images are shown, and without predictions there is no table", () => {
  render(<Totals days={days.slice(1)} models={[]} usage={usage} />);
  expect(screen.getByText("187 images")).toBeTruthy();
  expect(screen.getByText("13 of 200 used. The limit resets at 00:00 UTC.")).toBeTruthy();
  expect(screen.getByText("2 runs in progress, at most 20 at the same time.")).toBeTruthy();
  expect(screen.queryByRole("table", { hidden: true })).toBeNull();
});

test("the known cost of all days is shown, and what is left when it is little", () => {
  const spent = { ...usage, usd: { limit: 5, used: 4.8, left: 0.2 } };
  render(<Totals days={days} models={models} usage={spent} />);
  expect(screen.getByText("about $0.08")).toBeTruthy();
  expect(screen.getByText("Only $0.20 of today's budget of $5.00 is left.")).toBeTruthy();
});
