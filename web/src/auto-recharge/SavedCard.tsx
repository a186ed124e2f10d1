/** The card that is charged: saved and replaced on a page of Stripe's, removed here. */
import { createAttempts, type Schema, staleAfterChange, startCardSession } from "@credits/contract";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { useStale } from "../data/useStale";
import { useCredits } from "../session/Session";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Dialog } from "../ui/Dialog";
import { Problem } from "../ui/Problem";
import { brandName, expiresAs } from "./card";
import styles from "./SavedCard.module.css";
import { useTexts } from "./texts";
import { useFormat } from "../i18n/format";

export function SavedCard({ recharge }: { recharge: Schema.AutoRecharge }) {
  const t = useTexts().card;
  const credits = useCredits();
  const [attempts] = useState(createAttempts);
  const [isAsking, setAsking] = useState(false);
  const card = recharge.payment_method ?? null;

  const saving = useMutation({
    mutationFn: () => startCardSession(credits, attempts, location.href),
    onSuccess: ({ url }) => {
      if (typeof url === "string") {
        location.assign(url);
      }
    },
  });

  return (
    <Card title={t.heading}>
      <div className={styles.saved}>
        {card === null ? <p className={styles.none}>{t.none}</p> : <Face card={card} />}
        {saving.isError && <Problem error={saving.error} />}
        <div className={styles.actions}>
          {/* The browser is on its way once there is a page: until it has left, no second press. */}
          <Button
            look={card === null ? "primary" : "secondary"}
            isPending={saving.isPending || saving.isSuccess}
            onPress={() => saving.mutate()}
          >
            {card === null ? t.save : t.replace}
          </Button>
          {card !== null && (
            <Button look="danger" onPress={() => setAsking(true)}>
              {t.remove}
            </Button>
          )}
        </div>
        <p className={styles.why}>{t.why}</p>
      </div>
      {card !== null && isAsking && <Removal id={card.id} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Face({ card }: { card: Schema.PaymentMethod }) {
  const t = useTexts().card;
  const { month } = useFormat();
  return (
    <div className={styles.face}>
      <p className={styles.brand}>{brandName(card.brand)}</p>
      <p className={styles.digits}>
        <span aria-hidden="true">•••• {card.last4}</span>
        <span className="unseen">{t.ends(card.last4)}</span>
      </p>
      <p className={styles.expiry}>{t.expires(month(expiresAs(card)))}</p>
    </div>
  );
}

function Removal({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts().card;
  const credits = useCredits();
  const stale = useStale();
  const removing = useMutation({
    mutationFn: () => credits.delete("/v1/payment-methods/{id}", { params: { path: { id } } }),
    onSuccess: () => {
      stale(staleAfterChange.delete_payment_method);
      onClose();
    },
  });
  return (
    <Dialog
      title={t.removeTitle}
      isOpen
      onClose={onClose}
      actions={
        <Button look="danger" isPending={removing.isPending} onPress={() => removing.mutate()}>
          {t.remove}
        </Button>
      }
    >
      <p>{t.removeText}</p>
      {removing.isError && <Problem error={removing.error} />}
    </Dialog>
  );
}
