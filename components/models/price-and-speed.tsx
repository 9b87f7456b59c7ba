import { formatSeconds } from "@/components/ui/format";
import type { ModelDetails } from "@/lib/models/listing";
import { priceInWords } from "./price-in-words";

type PriceAndSpeedProps = {
  details: ModelDetails;
  /** The typical run time of the model in this installation (s). */
  seconds: number | null;
};

const count = new Intl.NumberFormat("en");

/** Shows what a run costs and how long it takes, with the source of the price. */
export function PriceAndSpeed({ details, seconds }: PriceAndSpeedProps) {
  const { price, hardware, runs, isOfficial } = details;
  const facts = [
    { name: "Price", value: priceInWords(price) },
    ...(price.per === "unknown" ? [] : [{ name: "Source of the price", value: `${price.date}, ${price.source}` }]),
    ...(hardware ? [{ name: "Hardware", value: hardware }] : []),
    {
      name: "Usual time",
      value:
        seconds === null
          ? "not known yet, because this model has not run on this site"
          : `about ${formatSeconds(seconds)} on this site`,
    },
    {
      name: "Type",
      value: isOfficial ? "official model, always ready" : "community model, may need a minute to start",
    },
    ...(runs === null ? [] : [{ name: "Number of runs on Replicate", value: count.format(runs) }]),
  ];
  return (
    <section aria-labelledby="price">
      <h2 id="price" className="text-base font-medium">
        Price and speed
      </h2>
      <dl className="mt-3 flex flex-col gap-3 text-[13px]">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-muted">{name}</dt>
            <dd className="wrap-anywhere first-letter:uppercase">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
