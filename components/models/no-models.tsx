import Link from "next/link";
import { Empty } from "@/components/shell/empty-state";
import { buttonClass } from "@/components/ui/button";

const words = {
  none: { title: "No model found", text: "Try fewer or other words, such as “upscale” or “watercolor”." },
  end: { title: "Nothing more", text: "That was the last page of what was found." },
  unreachable: {
    title: "Replicate does not answer",
    text: "Its models cannot be listed just now. Try again in a moment. Your images are not touched by this.",
  },
  hasty: {
    title: "Too many models at once",
    text: "You have looked at more of them than Replicate is asked about at one time. Wait a moment, then load this page again.",
  },
};

/** Why there is no model to show, in its place. */
export function NoModels({ reason }: { reason: keyof typeof words }) {
  const { title, text } = words[reason];
  return (
    <div className="mt-10">
      <Empty
        title={title}
        action={
          <Link href="/dashboard/models" className={buttonClass()}>
            Back to the catalogue
          </Link>
        }
      >
        {text}
      </Empty>
    </div>
  );
}
