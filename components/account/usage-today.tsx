import { Bar } from "@/components/shell/charts/bar";
import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import type { Usage } from "@/lib/history/schema";

/** Shows what is left of the day's images and money, and of the storage. */
export function UsageToday({ usage: { images, usd, stored_bytes: bytes, resets_at } }: { usage: Usage }) {
  const inGb = (amount: number) => (Math.floor(amount / 1e7) / 100).toLocaleString("en");
  const limits = [
    { ...images, text: `${images.left} of ${images.limit} images left today` },
    { ...usd, text: `${formatUsd(usd.left)} of ${formatUsd(usd.limit)} left today` },
    { ...bytes, text: `${inGb(bytes.left)} of ${inGb(bytes.limit)} GB of storage left` },
  ];
  return (
    <>
      <ul className="flex max-w-md flex-col gap-4">
        {limits.map(({ text, left, limit }) => (
          <li key={text}>
            {text}
            <Bar share={limit > 0 ? Math.min(1, left / limit) : 0} className="mt-2 fill-ink" />
          </li>
        ))}
      </ul>
      <p className="mt-4 text-[13px] text-muted">
        The daily limits for images and money reset at <LocalTime iso={resets_at} />.
      </p>
    </>
  );
}
