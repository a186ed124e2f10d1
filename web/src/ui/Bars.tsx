/** Draws the bars of `Chart`. The only module that knows the drawing library. */
import { Bar as Column, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import type { Bar } from "./Chart";
import styles from "./Chart.module.css";

const TICK = { fill: "var(--ink-faint)", fontSize: 12 };
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

export default function Bars({ bars, axis }: { bars: readonly Bar[]; axis: (size: number) => string }) {
  // Measured by the library it comes too late: what is drawn without motion would stand out by as much.
  const widest = axis(Math.max(...bars.map(({ size }) => size))).length;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...bars]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="22%"
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tickLine={false} axisLine={false} tick={TICK} tickMargin={8} minTickGap={28} />
        <YAxis
          width={12 + 7 * widest}
          tickLine={false}
          axisLine={false}
          tick={TICK}
          tickFormatter={axis}
          tickCount={4}
        />
        <Tooltip cursor={{ fill: "var(--sunken)" }} content={Told} isAnimationActive={false} />
        <Column
          dataKey="size"
          fill="var(--accent)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={!isStill}
          maxBarSize={32}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

function Told({ payload }: { payload?: readonly { payload?: Bar }[] }) {
  const bar = payload?.[0]?.payload;
  return bar === undefined ? null : (
    <div className={styles.told}>
      <span>{bar.title}</span>
      <strong>{bar.detail}</strong>
    </div>
  );
}
