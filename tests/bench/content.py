"""Articles to measure with: of usual length, with and without a part for agents."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from articles.audiences import PUBLIC
from articles.models import Article, ArticleText, Revision, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.workflow import State
from channels.operations.publishing import publish
from tests.building import write_approved

TOPIC = "measured"
BODY = """\
An eSIM is a SIM card that is built into your phone; this is text {number}. You need no plastic
card: the profile comes over the air in about two minutes, and the old card stops working as soon
as the new one is active.

## Before you begin

- Your phone is **unlocked** and supports eSIM.
- You have your *customer number* and a Wi-Fi connection.
- You know your PIN, which is `0000` until you change it.

## Activate it

1. Open **Settings** and choose *Mobile network*.
2. Choose *Add eSIM* and scan the code that we sent you by mail.
3. Wait until the phone says that the profile is installed. This takes up to 2 minutes.
4. Restart the phone.

::: note "Keep the code"
The code works once. If you delete the profile, ask for a new code in the app.
:::

| Plan | Data | Price per month |
|---|---|---|
| Small | 5 GB | 9.99 |
| Medium | 20 GB | 19.99 |
| Large | unlimited | 39.99 |

## If it does not work

Check that the phone is online, then turn *flight mode* on and off again. More in
[our help](https://help.example.com/esim).
"""
CHINESE_BODY = """\
eSIM 是内置于手机中的 SIM 卡；这是第 {number} 篇。您无需实体卡：配置文件约两分钟即可通过网络下载，
新卡一经启用，旧卡便停止使用。

## 开始之前

- 您的手机**已解锁**并支持 eSIM。
- 您手边有*客户编号*并已连接 Wi-Fi。
- 您知道自己的 PIN 码；更改之前为 `0000`。

## 启用

1. 打开**设置**，选择*移动网络*。
2. 选择*添加 eSIM*，扫描我们邮寄给您的二维码。
3. 等待手机显示配置文件已安装，最多需要 2 分钟。
4. 重新启动手机。

::: note "请保留二维码"
二维码只能使用一次。若删除了配置文件，请在应用中申请新的二维码。
:::

| 套餐 | 流量 | 月费 |
|---|---|---|
| 小 | 5 GB | 9.99 |
| 中 | 20 GB | 19.99 |
| 大 | 不限 | 39.99 |

## 如果不成功

请确认手机已联网，然后开启并关闭*飞行模式*。
"""
AGENT_PART = """
::: agent "For agents"
If the profile does not load, look at its status and reset the download counter. Offer a plastic
card as the last way out.
:::
"""


def new_text(public_id: str, number: int, *, agent_part: bool = False) -> Revision:
    """Write and approve a text of an article."""
    return write_approved(
        f"Activate an eSIM, {public_id} {number}",
        BODY.format(number=number) + (AGENT_PART if agent_part else ""),
        article=Article.objects.filter(public_id=public_id).first(),
        public_id=public_id,
        summary="Move your number to the SIM card that is built into your phone.",
        slug=f"activate-{public_id}",
        topic=_topic(),
    )


@transaction.atomic
def many_texts(count: int) -> list[Revision]:
    """Make approved texts in bulk: operations would take longer than what is measured."""
    author, now, topic = system_user(), timezone.now(), _topic()
    articles = Article.objects.bulk_create(
        Article(public_id=f"many-{number}", kind="support", audience=PUBLIC, topic=topic)
        for number in range(count)
    )
    texts = ArticleText.objects.bulk_create(
        ArticleText(
            article=article, locale="en", slug=f"about-{article.public_id}", state=State.APPROVED
        )
        for article in articles
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            text=text,
            number=1,
            content_number=1,
            author=author,
            created_at=now,
            title=f"Activate an eSIM, {text.slug}",
            body=BODY.format(number=text.slug),
        )
        for text in texts
    )
    for text, revision in zip(texts, revisions, strict=True):
        text.head = text.approved = revision
    ArticleText.objects.bulk_update(texts, ["head", "approved"], batch_size=500)
    return revisions


def _topic() -> Topic:
    known = Topic.objects.filter(slug=TOPIC).first()
    return known or save_topic(actor=system_user(), slug=TOPIC, names={"en": "Measured"})


def main(arguments: list[str]) -> None:
    """Publish as many articles as the first argument says, and `measured` among them."""
    others = [new_text(f"other-{number}", 0) for number in range(int(arguments[0]))]
    publish(items=[*others, new_text("measured", 0)], actor=system_user())
