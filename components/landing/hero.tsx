import Link from "next/link";
import { buttonClass } from "@/components/ui/button";

export function Hero() {
  return (
    <section className="grid items-center gap-12 py-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16 lg:py-16">
      <div>
        <h1 className="text-[40px] leading-[1.05] font-medium tracking-[-0.035em] md:text-[60px]">
          <span className="block">Images</span> <span className="block">from prompts,</span>{" "}
          <span className="block">saved for good</span>
        </h1>
        <p className="mt-6 max-w-[46ch] text-base text-pretty text-muted md:text-[17px]">
          Darkroom runs models on Replicate and saves every image in your own Supabase. A studio in the browser, and a
          starter you can read in an hour.
        </p>
        <div className="mt-9 flex flex-wrap gap-3">
          <Link href="/dashboard/generate" className={`${buttonClass({ variant: "primary" })} h-12 px-6`}>
            Open the studio
          </Link>
          <a href="#keys" className={`${buttonClass()} h-12 px-6`}>
            Run your own
          </a>
        </div>
      </div>
      <img
        src="/landing.svg"
        alt="A contact sheet of twelve small images; one is in colour and circled in red"
        width={627}
        height={473}
        className="w-full"
      />
    </section>
  );
}
