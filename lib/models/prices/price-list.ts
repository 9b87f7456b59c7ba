import "server-only";
import { z } from "zod";
import list from "./price-list.json";
import { Fact, ModelPrice } from "./schema";

const { hardware, models } = z
  .object({
    hardware: z.record(z.string(), Fact.extend({ name: z.string(), usd: z.number() })),
    models: z.record(z.string(), ModelPrice),
  })
  .parse(list);

/** The models (`owner/name`) whose price is known. */
export const pricedModels = Object.keys(models);

/** Returns the price of a model (`owner/name`). Returns undefined if it is not known. */
export function findPrice(model: string): ModelPrice | undefined {
  const price = models[model.toLowerCase()];
  if (price?.per !== "second" || price.hardware === undefined) return price;
  return { ...price, usd: hardwarePrice(price.hardware) };
}

/** Returns the price of a second on this hardware (US dollars). Throws if the hardware is not in the list. */
export function hardwarePrice(sku: string): number {
  return findHardware(sku).usd;
}

/** Returns the name of hardware, such as "Nvidia T4". Throws if the hardware is not in the list. */
export function hardwareName(sku: string): string {
  return findHardware(sku).name;
}

function findHardware(sku: string) {
  const found = hardware[sku];
  if (!found) throw new Error(`The price list has no hardware ${sku}.`);
  return found;
}
