/**
 * A bar for each of several values. It is drawn by a library that is fetched when a chart first comes into sight; its
 * place is there from the beginning. For whoever cannot see it, it has a sentence; every figure stands in a table
 * beside it.
 */
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from "react";

import styles from "./Chart.module.css";

const Bars = lazy(() => import("./Bars"));

export interface Bar {
  key: string;
  /** For drawing alone. */
  size: number;
  /** Under the axis. */
  label: string;
  /** What is told of it when it is pointed at. */
  title: string;
  detail: string;
}

interface ChartProps {
  bars: readonly Bar[];
  /** What it shows, in a sentence. */
  summary: string;
  /** How a size is written beside the axis. */
  axis: (size: number) => string;
}

export function Chart({ bars, summary, axis }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(place);
  return (
    <div className={styles.chart} role="img" aria-label={summary} ref={place}>
      <Suspense fallback={null}>{seen && <Bars bars={bars} axis={axis} />}</Suspense>
    </div>
  );
}

/** Whether it has been in sight, be it for a moment. */
function useSeen(place: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (place.current === null) {
      return;
    }
    const observer = new IntersectionObserver((changes) => {
      if (changes.some(({ isIntersecting }) => isIntersecting)) {
        setSeen(true);
        observer.disconnect();
      }
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return seen;
}
