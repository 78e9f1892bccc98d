"""Domains that many people share, so that a mailbox or a page there shows nothing.

Our own short list, with the providers that campaigners use. One that is missing does no great harm:
the level is a sentence with the domain in it, for a website claimed at that very domain.
"""

from __future__ import annotations


def _listed(domains: str) -> frozenset[str]:
    return frozenset(domains.split())


_FREE_MAIL = _listed(
    """
    aim.com aol.com att.net bellsouth.net bk.ru bluewin.ch btinternet.com charter.net comcast.net
    cox.net cock.li consultant.com daum.net dr.com email.com email.cz fastmail.com fastmail.fm
    foxmail.com free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr
    gmx.net googlemail.com hanmail.net hey.com hush.com hushmail.com i.ua icloud.com inbox.lv
    inbox.ru indiatimes.com interia.pl internode.on.net laposte.net libero.it list.ru live.com
    mac.com mail.com mail.de mail.ee mail.ru mail2world.com me.com msn.com nate.com naver.com
    ntlworld.com o2.pl onet.pl op.pl optonline.net optusnet.com.au orange.fr outlook.com pobox.com
    post.com prodigy.net.mx qq.com 126.com 139.com 163.com 189.cn rambler.ru rediffmail.com
    rocketmail.com rogers.com runbox.com sapo.pt seznam.cz sfr.fr shaw.ca sina.cn sina.com
    sky.com skynet.be sohu.com spoko.pl swissonline.ch sympatico.ca t-online.de talktalk.net
    telenet.be telus.net terra.com.br tiscali.it tutanota.com tutanota.de tutamail.com tuta.com
    tuta.io tut.by ukr.net uol.com.br bol.com.br ig.com.br verizon.net videotron.ca virgilio.it
    virginmedia.com volny.cz wanadoo.fr web.de wp.pl yeah.net ya.ru yandex.by yandex.com yandex.kz
    yandex.ru yandex.ua ymail.com zoho.com zohomail.com ziggo.nl zonnet.nl xs4all.nl

    pm.me proton.me protonmail.ch protonmail.com mailbox.org posteo.at posteo.ch posteo.de
    posteo.eu posteo.net posteo.org startmail.com mailfence.com disroot.org autistici.org
    anche.no canaglie.net inventati.org riseup.net systemli.org immerda.ch so36.net nadir.org
    aktivix.org espiv.net resist.ca mutualaid.org tachanka.org sindominio.net paranoici.org
    danwin1210.de dismail.de ctemplar.com countermail.com vivaldi.net murena.io e.email

    duck.com relay.firefox.com mozmail.com simplelogin.com aleeas.com slmail.me anonaddy.com
    anonaddy.me addy.io privaterelay.appleid.com passmail.net passinbox.com
    guerrillamail.com mailinator.com 10minutemail.com temp-mail.org tempmail.com yopmail.com
    yopmail.fr maildrop.cc trashmail.com trashmail.de getnada.com sharklasers.com dispostable.com
    mailnesia.com spamgourmet.com throwawaymail.com moakt.com mohmal.com
    """
)

# One provider under many endings: yahoo.co.in, hotmail.fr
_FREE_MAIL_EVERYWHERE = frozenset({"aol", "gmx", "hotmail", "live", "msn", "outlook", "yahoo"})
_ENDINGS = frozenset({"co", "com", "net", "org"})

_SHARED_SITES = _listed(
    """
    about.me academia.edu actionnetwork.org airtable.com archive.org behance.net bit.ly blogger.com
    bsky.app change.org discord.gg discord.com docs.google.com drive.google.com eventbrite.com
    facebook.com fb.com fb.me flickr.com forms.gle github.com gitlab.com codeberg.org
    gofundme.com google.com groups.google.com instagram.com issuu.com linkedin.com linktr.ee
    livejournal.com mailchi.mp mastodon.social medium.com meetup.com mewe.com notion.site
    notion.so ok.ru opencollective.com openpetition.de patreon.com pinterest.com reddit.com
    researchgate.net sites.google.com soundcloud.com substack.com t.co t.me telegram.me
    threads.net threads.com tiktok.com tumblr.com tinyurl.com twitter.com vimeo.com vk.com wa.me
    chat.whatsapp.com weibo.com wikipedia.org wordpress.com x.com youtu.be youtube.com
    m.facebook.com en.wikipedia.org web.facebook.com m.youtube.com
    """
)


def is_free_mail(domain: str) -> bool:
    """Anybody may have a mailbox at this clean domain."""
    if domain in _FREE_MAIL:
        return True
    name, *ending = domain.split(".")
    return name in _FREE_MAIL_EVERYWHERE and _is_ending(ending)


def is_shared_site(domain: str) -> bool:
    """Many have a page of their own under this clean domain (without `www.`)."""
    return domain in _SHARED_SITES


def _is_ending(labels: list[str]) -> bool:
    """`fr`, or `co.in`; not `foundation.org`."""
    if len(labels) == 1:
        return True
    return len(labels) == 2 and labels[0] in _ENDINGS and len(labels[1]) == 2
