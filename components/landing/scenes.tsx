import type { ReactNode } from "react";

type Scene = { name: string; ground: string; drawing: ReactNode };

/** Twelve small images in twelve shapes or fewer each. All are in greys but the seventh, the chosen one. */
export const scenes: Scene[] = [
  {
    name: "moon",
    ground: "#2a2623",
    drawing: (
      <>
        <circle cx="100" cy="34" r="17" fill="#e2dad2" />
        <path d="M0 70 36 48 62 64 96 44 144 74V96H0z" fill="#57504a" />
        <path d="M0 80 48 62 84 78 120 66 144 76V96H0z" fill="#171412" />
      </>
    ),
  },
  {
    name: "pear",
    ground: "#8d857e",
    drawing: (
      <>
        <path d="M0 66H144V96H0z" fill="#5c554f" />
        <ellipse cx="82" cy="76" rx="38" ry="5" fill="#3a3430" />
        <path d="M72 20c10 0 10 16 15 26 12 18 4 32-15 32S45 64 57 46c5-10 5-26 15-26z" fill="#cfc6be" />
        <path d="M72 20c10 0 10 16 15 26 12 18 4 32-15 32 16-14 10-38 0-58z" fill="#a1978e" />
        <path d="M72 22q0-8 6-11" stroke="#2a2623" strokeWidth="2.5" fill="none" />
      </>
    ),
  },
  {
    name: "window",
    ground: "#151210",
    drawing: (
      <>
        <path d="M58 14h42v48H58z" fill="#d8cfc6" />
        <path d="M78 14v48M58 38h42" stroke="#151210" strokeWidth="3" />
        <path d="m58 70 42 0 30 26H34z" fill="#4a433d" />
        <path d="m79 70 5 26" stroke="#151210" strokeWidth="3" />
      </>
    ),
  },
  {
    name: "waves",
    ground: "#b9b0a7",
    drawing: (
      <>
        <path d="M0 40q18-12 36 0t36 0 36 0 36 0v56H0z" fill="#8a817a" />
        <path d="M0 56q18-12 36 0t36 0 36 0 36 0v40H0z" fill="#57504a" />
        <path d="M-18 74q18-12 36 0t36 0 36 0 36 0 36 0v26H0z" fill="#2a2623" />
      </>
    ),
  },
  {
    name: "figure",
    ground: "#cbc2b9",
    drawing: (
      <>
        <path d="M0 0h50v96H0z" fill="#a89e95" />
        <circle cx="78" cy="38" r="15" fill="#2a2623" />
        <path d="M46 96c0-26 14-36 32-36s32 10 32 36z" fill="#3a3430" />
        <path d="M64 34q4-18 18-14 14 4 12 18-12 2-16-10-4 10-14 6z" fill="#100e0d" />
      </>
    ),
  },
  {
    name: "city",
    ground: "#6f6760",
    drawing: (
      <>
        <path d="M6 96V44h22v52M34 96V24h16v72M88 96V16h20v80M114 96V52h24v44" fill="#3a3430" />
        <path d="M22 96V58h18v38M58 96V38h24v58M78 96V62h16v34" fill="#1c1816" />
        <path d="M63 46h4v4h-4zm8 10h4v4h-4zm-8 14h4v4h-4zm31-42h4v4h-4zm0 18h4v4h-4z" fill="#e2dad2" />
      </>
    ),
  },
  {
    name: "dunes",
    ground: "#3b1712",
    drawing: (
      <>
        <circle cx="98" cy="36" r="20" fill="#ffb06a" />
        <path d="M0 58q44-26 84-6t60-4v48H0z" fill="#c2431f" />
        <path d="M0 74q30-20 72-2t72-10v34H0z" fill="#7d2413" />
        <path d="M0 90q46-22 90-4 32 12 54-4v14H0z" fill="#2a0d09" />
      </>
    ),
  },
  {
    name: "stairs",
    ground: "#9a9188",
    drawing: (
      <>
        <path d="M0 96V82h28V68h28V54h28V40h28V26h32v70z" fill="#d8cfc6" />
        <path d="M28 82V68h6v14zm28-14V54h6v14zm28-14V40h6v14zm28-14V26h6v14z" fill="#57504a" />
        <circle cx="34" cy="26" r="9" fill="#3a3430" />
      </>
    ),
  },
  {
    name: "fern",
    ground: "#1c1816",
    drawing: (
      <g fill="none" stroke="#b9b0a7" strokeWidth="5" strokeLinecap="round">
        <path d="M30 92Q62 56 112 10" strokeWidth="2.5" />
        <path d="M46 74Q34 60 36 44M60 60Q50 46 54 30M76 45Q68 32 74 18M92 30q-6-8-1-18" />
        <path d="M48 74q18 6 34 0M62 60q16 5 32-2M78 45q14 4 28-3M93 30q10 2 20-3" stroke="#8a817a" />
      </g>
    ),
  },
  {
    name: "sphere",
    ground: "#d2c9c0",
    drawing: (
      <>
        <path d="M0 62h144v34H0z" fill="#b0a69d" />
        <ellipse cx="86" cy="77" rx="40" ry="6" fill="#7a716a" />
        <circle cx="70" cy="48" r="29" fill="#3a3430" />
        <path d="M70 19a29 29 0 0 0-20 50q-10-32 20-50z" fill="#8d857e" />
      </>
    ),
  },
  {
    name: "boat",
    ground: "#857c75",
    drawing: (
      <>
        <path d="M0 60h144v36H0z" fill="#4a433d" />
        <path d="M48 58h48l-9 12H57z" fill="#171412" />
        <path d="M72 16v38H46zM76 24v30h22z" fill="#e2dad2" />
        <path d="M52 78h40M60 86h24" stroke="#857c75" strokeWidth="2" />
      </>
    ),
  },
  {
    name: "road",
    ground: "#c4bab1",
    drawing: (
      <>
        <path d="M0 44h144v52H0z" fill="#57504a" />
        <path d="m68 44h8l44 52H24z" fill="#23201d" />
        <path d="m72 48v6m0 6v9m0 8v15" stroke="#e2dad2" strokeWidth="2.5" />
        <path d="M0 44 34 28l26 16zM88 44l30-20 26 20z" fill="#8a817a" />
      </>
    ),
  },
];
