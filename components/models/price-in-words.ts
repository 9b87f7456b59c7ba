import { formatUsd } from "@/components/ui/format-usd";
import type { ListedPrice } from "@/lib/models/listing";
import type { ModelPrice } from "@/lib/models/prices/schema";

/**
 * Returns a price in words, such as "about $0.04 per image". If the price is not known, the text says how much each run adds to
 * the user's daily spending.
 */
export function priceInWords(price: ListedPrice): string {
  switch (price.per) {
    case "unknown":
      return `price unknown; each run counts as ${formatUsd(price.usd)} toward today's limit`;
    case "run":
    case "image":
    case "second of video":
      return `about ${amountInWords(price)} per ${price.per}`;
    case "thousand characters":
      return `about ${formatUsd(price.usd)} per 1,000 characters`;
    case "million tokens":
      return `about ${formatUsd(price.usd)} per million input tokens, ${formatUsd(price.output_usd)} per million output tokens`;
    case "megapixel": {
      const run = price.run_usd > 0 ? `${formatUsd(price.run_usd)} per run and ` : "";
      return `about ${run}${formatUsd(price.usd)} per megapixel`;
    }
    case "second":
      return `about ${formatUsd(costOfUsualRun(price))} per run, billed by time`;
  }
}

type Amount = Extract<ModelPrice, { per: "run" | "image" | "second of video" }>;

/** Returns an amount in words: "$0.04", or "$0.067 to $0.15" if it depends on the input. */
function amountInWords({ usd, max_usd, tiers }: Amount): string {
  const amounts = usd === undefined ? tiers : [{ usd, max_usd }];
  const [least, most] = [Math.min(...amounts.map((one) => one.usd)), Math.max(...amounts.map(highest))];
  return most > least ? `${formatUsd(least)} to ${formatUsd(most)}` : formatUsd(least);
}

function highest({ usd, max_usd }: { usd: number; max_usd?: number | undefined }): number {
  return max_usd ?? usd;
}

function costOfUsualRun({ usd = 0, usual_usd, usual_seconds = 0 }: Extract<ModelPrice, { per: "second" }>): number {
  return usual_usd ?? usd * usual_seconds;
}
